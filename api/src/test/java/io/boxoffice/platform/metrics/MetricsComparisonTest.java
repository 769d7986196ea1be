package io.boxoffice.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks that the comparison finds each kind of difference and accepts a correct scrape. */
class MetricsComparisonTest {
  private static final String DOCUMENT =
      """
      # Metrics

      ## One

      | family | type | labels | series | unit | meaning |
      | --- | --- | --- | --- | --- | --- |
      | `sold_total` | counter | `outcome`, `route` | 3 | tickets | sold |
      | `took_seconds` | histogram | `state` | 0 to 2 | seconds | taken |

      | label | values |
      | --- | --- |
      | `outcome` | `good`, `bad` |
      | `route` | `/`, `/v1/{id}` |
      | `state` | matches `[a-z]+` or is `-`: anything |

      ## Two

      | family | type | labels | series | unit | meaning |
      | --- | --- | --- | --- | --- | --- |
      | `lag` | gauge | | 0 to 1 | | may be absent |
      | `depth` | gauge | | 1 | | of the water |
      """;
  private static final String SOLD =
      """
      # HELP sold_total Sold.
      # TYPE sold_total counter
      sold_total{outcome="good",route="/v1/{id}",} 1.0
      """;
  private static final String DEPTH = "# TYPE depth gauge\ndepth NaN\n";
  private static final String TOOK =
      """
      # TYPE took_seconds histogram
      took_seconds_bucket{state="a",le="1.0",} 1.0
      took_seconds_bucket{state="a",le="+Inf",} 2.0
      took_seconds_bucket{state="-",le="+Inf",} 2.0
      took_seconds_count{state="a",} 2.0
      took_seconds_sum{state="a",} 2.0
      """;

  @Test
  void aCorrectScrapePasses() {
    assertThat(differences(SOLD + DEPTH + TOOK)).isEmpty();
    assertThat(differences(SOLD + DEPTH)).isEmpty();
  }

  @Test
  void aMissingFamilyIsReported() {
    assertThat(differences(SOLD)).containsExactly("depth is in the document and not in the scrape");
    assertThat(differences(SOLD + "# TYPE depth gauge\n")).containsExactly("depth has no series");
  }

  @Test
  void anUndocumentedFamilyIsReported() {
    assertThat(differences(SOLD + DEPTH + "# TYPE new_total counter\nnew_total 1.0\n"))
        .containsExactly("new_total is in the scrape, undocumented");
  }

  @Test
  void tooManySeriesAreReported() {
    String three = "took_seconds_count{state=\"b\",} 1.0\n";
    assertThat(differences(SOLD + DEPTH + TOOK + three))
        .containsExactly("took_seconds has 3 series, more than 2");
  }

  @Test
  void aWrongTypeAndWrongLabelsAreReported() {
    assertThat(differences(SOLD + "# TYPE depth counter\ndepth{of=\"sea\",} 1.0\n"))
        .containsExactly("depth is a counter, not a gauge", "depth has labels [of], not []");
  }

  @Test
  void anUndocumentedValueIsReported() {
    assertThat(differences(SOLD + sold("ugly", "/") + DEPTH))
        .containsExactly("sold_total has the undocumented outcome 'ugly'");
    assertThat(differences(SOLD + sold("good", "/v1/4711") + DEPTH))
        .containsExactly("sold_total has the undocumented route '/v1/4711'");
  }

  @Test
  void personalDataAndIdsInALabelAreReportedEvenIfDocumented() {
    String careless = DOCUMENT.replace("`[a-z]+`", "`.+`");
    for (String value :
        List.of("01a1fd1c-8a50-75f8-b5e7-494e025742d9", "ada@example.com", "/v1/concerts/1")) {
      String took =
          "# TYPE took_seconds histogram\ntook_seconds_count{state=\"%s\",} 1.0\n".formatted(value);
      assertThat(differences(careless, SOLD + DEPTH + took))
          .containsExactly(
              "took_seconds tells of a single thing or person by state '%s'".formatted(value));
    }
  }

  @Test
  void anIncompleteDocumentIsRejected() {
    assertThatThrownBy(
            () -> differences(DOCUMENT.replace("| `outcome` | `good`, `bad` |\n", ""), ""))
        .hasMessageContaining("`outcome` of sold_total");
    assertThatThrownBy(() -> differences(DOCUMENT.replace("| 3 |", "| many |"), ""))
        .hasMessageContaining("a row of no known form");
  }

  private static String sold(String outcome, String route) {
    return "sold_total{outcome=\"%s\",route=\"%s\",} 1.0\n".formatted(outcome, route);
  }

  private static List<String> differences(String scrape) {
    return differences(DOCUMENT, scrape);
  }

  private static List<String> differences(String document, String scrape) {
    return MetricsComparison.differences(MetricsDocument.parse(document), Scrape.parse(scrape));
  }
}
