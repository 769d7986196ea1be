package io.boxoffice.stress.compare.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.stress.compare.audit.Answer;
import io.boxoffice.stress.compare.audit.Effects;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The report partner makes a signed statement of a concert, with real work of a processor. */
final class Report implements Scenario {
  /** Tickets of each concert; the rounds of {@code REPORT_ROUNDS} make the work. */
  private static final int TICKETS = 10;

  private final Stage stage;
  private String[] concerts = {};

  /** Orders reports at the given stage. */
  Report(Stage stage) {
    this.stage = stage;
  }

  @Override
  public void prepare(int requests) {
    String[] made = new String[requests];
    Stage.forEach(
        requests,
        index -> {
          made[index] = stage.concert("Reports", TICKETS).id();
          stage.purchase(made[index], TICKETS);
        });
    concerts = made;
  }

  @Override
  public HttpRequest.Builder request(int index) {
    return stage
        .operator()
        .request("POST", "/v1/reports", "{\"concertId\": \"%s\"}".formatted(concerts[index]))
        .header("Idempotency-Key", "report-" + concerts[index]);
  }

  @Override
  public String key(int index) {
    return concerts[index];
  }

  @Override
  public boolean accepts(int status) {
    return status == 201 || status == 202;
  }

  @Override
  public Effects effects(List<Answer> answers) {
    return effects(stage.operator().pages("/v1/reports"), stage.partners().pages("/reports"));
  }

  /**
   * A report is done when the shop has it. The partner's ledger shows how often it was made.
   *
   * @param shop the reports of the shop
   * @param ledger the reports of the partner
   */
  static Effects effects(List<JsonNode> shop, List<JsonNode> ledger) {
    Map<String, List<Long>> made = new HashMap<>();
    for (JsonNode report : ledger) {
      if (report.path("state").asText().equals("DONE")) {
        made.computeIfAbsent(report.path("concertId").asText(), absent -> new ArrayList<>())
            .add(Stage.micros(report.path("endedAt")));
      }
    }
    Effects effects = new Effects();
    for (JsonNode report : shop) {
      String concert = report.path("concertId").asText();
      switch (report.path("state").asText()) {
        case "DONE" -> {
          long doneAt = Stage.micros(report.path("doneAt"));
          effects.committed(concert);
          made.getOrDefault(concert, List.of())
              .forEach(at -> effects.add(concert, Math.max(at, doneAt)));
        }
        case "QUEUED" -> {
          effects.committed(concert);
          effects.open(concert);
        }
        default -> {
          // FAILED: lost only if its request was answered with a success.
        }
      }
    }
    return effects;
  }
}
