package io.boxoffice.grafana.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What all dashboards have in common, so that a reader of one can read all. */
class HouseStyleTest {
  private static final Path ROOT = Path.of("../..");
  private static final Path FOLDER = ROOT.resolve("grafana/dashboards");
  private static final Path RUNBOOKS = ROOT.resolve("docs/runbooks");
  private static final int MOST_PANELS = 18;
  private static final int SHARED_PANELS = 3;
  private static final Pattern RUNBOOK = Pattern.compile("^\\$\\{runbooks}/(\\w+)\\.md$");
  private static final Pattern BOARD = Pattern.compile("^/d/([\\w-]+)\\?.*");
  private static final Pattern BOARD_OF_ALERT = Pattern.compile("/d/([a-z-]+)");
  private static final Pattern KEPT = Pattern.compile("regex: ((?:container|kubelet)_[^\\s,}]+)");

  private static List<Dashboard> all;

  @BeforeAll
  static void read() throws IOException {
    all = Dashboards.readAll(FOLDER);
  }

  @Test
  void theListOfDashboardsIsKept() throws IOException {
    assertThat(all)
        .extracting(Dashboard::uid)
        .containsExactlyInAnyOrder(
            "boxoffice-accounts",
            "boxoffice-events",
            "boxoffice-on-sale",
            "boxoffice-orders",
            "boxoffice-scenario-concert-change",
            "boxoffice-scenario-order",
            "boxoffice-scenario-page-views",
            "boxoffice-scenario-payment",
            "boxoffice-scenario-registration",
            "boxoffice-scenario-report",
            "boxoffice-service",
            "boxoffice-slo",
            "boxoffice-simulation",
            "boxoffice-jvm",
            "boxoffice-postgresql",
            "boxoffice-topology",
            "boxoffice-sites",
            "boxoffice-gates",
            "boxoffice-kubernetes");
    assertThat(Files.readString(ROOT.resolve("grafana/kustomization.yaml")))
        .contains(
            all.stream()
                .map(board -> "dashboards/%s.json".formatted(board.uid().substring(10)))
                .toList());
  }

  @Test
  void whatSurroundsThePanelsIsTheSameEverywhere() {
    for (Dashboard board : all) {
      assertThat(board.templating()).isEqualTo(all.get(0).templating());
      assertThat(board.annotations()).isEqualTo(all.get(0).annotations());
      assertThat(board.links()).isEqualTo(all.get(0).links());
      assertThat(board.panels().subList(0, SHARED_PANELS))
          .isEqualTo(all.get(0).panels().subList(0, SHARED_PANELS));
    }
  }

  @TestFactory
  Stream<DynamicTest> everyPanelSaysWhatItShows() {
    return all.stream().map(board -> DynamicTest.dynamicTest(board.uid(), () -> check(board)));
  }

  @Test
  void everyRunbookThatALinkLeadsToIsThere() {
    assertThat(linked(RUNBOOK))
        .isNotEmpty()
        .allSatisfy(alert -> assertThat(runbooks()).contains(alert));
  }

  @Test
  void everyDashboardThatALinkOrAnAlertLeadsToIsThere() throws IOException {
    Set<String> uids = all.stream().map(Dashboard::uid).collect(Collectors.toSet());
    assertThat(uids).containsAll(linked(BOARD));
    try (Stream<Path> rules = Files.list(ROOT.resolve("kubernetes/prometheus/rules"))) {
      for (Path file : rules.toList()) {
        BOARD_OF_ALERT
            .matcher(Files.readString(file))
            .results()
            .forEach(found -> assertThat(uids).as(file.toString()).contains(found.group(1)));
      }
    }
  }

  @Test
  void theRunbooksThatGrafanaServesAreAllOfThem() throws IOException {
    String served = Files.readString(RUNBOOKS.resolve("kustomization.yaml"));
    assertThat(Pattern.compile("^ +- (\\w+)\\.md$", Pattern.MULTILINE).matcher(served).results())
        .extracting(found -> found.group(1))
        .containsExactlyElementsOf(runbooks());
  }

  @Test
  void prometheusKeepsWhatDashboardsAndRulesNameOfTheCluster() throws IOException {
    String config = Files.readString(ROOT.resolve("kubernetes/prometheus/prometheus.cluster.yml"));
    List<Pattern> kept =
        KEPT.matcher(config).results().map(found -> Pattern.compile(found.group(1))).toList();
    Files.readAllLines(ROOT.resolve("grafana/cluster-metrics.txt")).stream()
        .filter(line -> line.matches("(container|machine|kubelet)_.*"))
        .forEach(
            name -> assertThat(kept).as(name).anyMatch(pattern -> pattern.matcher(name).matches()));
  }

  @Test
  void everyClusterOnlyPanelIsThere() throws IOException {
    Set<String> titles =
        all.stream()
            .flatMap(
                board -> board.drawn().stream().map(panel -> board.uid() + ": " + panel.title()))
            .collect(Collectors.toSet());
    assertThat(Files.readAllLines(ROOT.resolve("grafana/cluster-only.txt")))
        .filteredOn(line -> !line.startsWith("#"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(titles).contains(line));
  }

  private static void check(Dashboard board) {
    assertThat(board.tags()).containsExactly("boxoffice");
    assertThat(board.description()).isNotBlank();
    assertThat(board.drawn()).hasSizeLessThan(MOST_PANELS);
    assertThat(board.panels()).extracting(Panel::id).doesNotHaveDuplicates();
    assertThat(board.drawn()).extracting(Panel::title).doesNotHaveDuplicates();
    Set<String> taken = new HashSet<>();
    for (Panel panel : board.panels()) {
      takePlace(panel, taken);
    }
    for (Panel panel : board.drawn()) {
      assertThat(panel.description()).as(panel.title()).endsWith(".");
      assertThat(panel.datasource()).isEqualTo(new Panel.Datasource("prometheus", "prometheus"));
      assertThat(panel.targets()).as(panel.title()).isNotEmpty();
      assertThat(panel.targets()).extracting(Panel.Target::refId).doesNotHaveDuplicates();
      for (Panel.Target target : panel.targets()) {
        assertThat(target.expr()).as(panel.title()).contains("$environment");
        if (panel.kind() == PanelType.TABLE) {
          assertThat(target.instant()).as(panel.title()).isTrue();
        } else {
          assertThat(target.legendFormat()).as(panel.title()).isNotBlank();
        }
      }
      if (panel.kind() == PanelType.TIME_SERIES || panel.kind() == PanelType.BAR_GAUGE) {
        assertThat(Dashboards.field(panel, "", "").unit()).as(panel.title()).isNotNull();
      }
      if (panel.kind() == PanelType.STAT || panel.kind() == PanelType.GAUGE) {
        assertThat(Dashboards.field(panel, "", "").thresholds()).as(panel.title()).isNotNull();
      }
    }
  }

  private static void takePlace(Panel panel, Set<String> taken) {
    Panel.GridPos at = panel.gridPos();
    assertThat(at.x() + at.w()).as(panel.title()).isLessThanOrEqualTo(24);
    for (int x = at.x(); x < at.x() + at.w(); x++) {
      for (int y = at.y(); y < at.y() + at.h(); y++) {
        assertThat(taken.add(x + "," + y)).as("%s stands on another panel", panel.title()).isTrue();
      }
    }
  }

  /** What the first group of a pattern finds in all links of all panels and values. */
  private static Set<String> linked(Pattern pattern) {
    return all.stream()
        .flatMap(board -> board.drawn().stream())
        .flatMap(
            panel ->
                Stream.concat(
                    panel.links().stream(),
                    Stream.ofNullable(Dashboards.field(panel, "", "").links())
                        .flatMap(List::stream)))
        .flatMap(link -> pattern.matcher(link.url()).results())
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> runbooks() {
    try (Stream<Path> files = Files.list(RUNBOOKS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".md"))
          .map(name -> name.replace(".md", ""))
          .sorted()
          .toList();
    } catch (IOException cause) {
      throw new AssertionError(cause);
    }
  }
}
