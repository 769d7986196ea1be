package io.boxoffice.docs;

import io.boxoffice.purchase.PurchaseResource;
import io.boxoffice.simulation.rule.Delay;
import io.boxoffice.simulation.rule.Limits;
import io.boxoffice.simulation.rule.Profile;
import io.boxoffice.simulation.rule.Routes;
import io.boxoffice.simulation.rule.Rule;
import io.boxoffice.simulation.rule.Scenario;
import io.boxoffice.simulation.rule.ShippedProfiles;
import io.boxoffice.stress.plot.chart.ShareChart;
import io.boxoffice.stress.plot.data.Values;
import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Draws the delays of each shipped profile for docs/simulation.md, from the quantile functions that
 * the service uses.
 */
public final class ProfilePlots {
  private static final double WIDTH = 480;
  private static final double HEIGHT = 200;
  private static final int POINTS = 120;

  private record Curve(String name, Delay delay, double factor) {
    double secondsAt(double share) {
      return Delay.seconds(delay.at(share, factor, Limits.DEFAULT));
    }

    Values seconds() {
      return Values.of(
          IntStream.range(0, POINTS).mapToDouble(i -> secondsAt((i + 0.5) / POINTS)).toArray());
    }
  }

  private ProfilePlots() {}

  /** Writes all plots into a folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    for (Map.Entry<String, String> plot : all().entrySet()) {
      Files.writeString(folder.resolve(plot.getKey()), plot.getValue());
    }
  }

  /** Returns the shipped profiles by name. */
  static Map<String, Profile> profiles() {
    return ShippedProfiles.read(Routes.of(List.of(PurchaseResource.class)));
  }

  /** Returns the plots of all shipped profiles that have delays, by file name. */
  static Map<String, String> all() {
    Map<String, String> plots = new TreeMap<>();
    profiles()
        .forEach(
            (name, profile) -> {
              List<Curve> curves = curves(profile);
              if (!curves.isEmpty()) {
                plots.put(name + ".svg", draw(name, curves));
              }
            });
    return plots;
  }

  private static List<Curve> curves(Profile profile) {
    List<Curve> curves = new ArrayList<>();
    for (Rule rule : profile.rules()) {
      if (rule.delay() != null && profile.scenario() == null) {
        curves.add(new Curve(rule.id(), rule.delay(), 1));
      } else if (rule.delay() != null) {
        for (Scenario.Stage stage : profile.scenario().stages()) {
          Curve curve =
              new Curve(
                  "%s, %s".formatted(rule.id(), stage.mood().word()),
                  rule.delay(),
                  stage.delayFactor());
          // Stages that end at the same factor share one curve.
          if (curves.stream()
              .noneMatch(
                  drawn ->
                      drawn.delay().equals(curve.delay()) && drawn.factor() == curve.factor())) {
            curves.add(curve);
          }
        }
      }
    }
    return curves;
  }

  private static String draw(String title, List<Curve> curves) {
    Svg svg =
        new Svg(
            "%s: share of delays that are over after so many seconds".formatted(title),
            Theme.READER);
    new ShareChart(
            IntStream.range(0, curves.size())
                .mapToObj(
                    i ->
                        new ShareChart.Curve(
                            curves.get(i).name(), Colour.series(i), curves.get(i).seconds()))
                .toList(),
            curves.stream().mapToDouble(curve -> curve.secondsAt(0.99)).max().orElseThrow())
        .draw(svg, new Box(0, 0, WIDTH, HEIGHT));
    return svg.document(WIDTH, HEIGHT);
  }
}
