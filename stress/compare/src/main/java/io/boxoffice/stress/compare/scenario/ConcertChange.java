package io.boxoffice.stress.compare.scenario;

import io.boxoffice.stress.compare.audit.Answer;
import io.boxoffice.stress.compare.audit.Effects;
import java.net.http.HttpRequest;
import java.util.List;

/** A concert gets another title, which the search partner must know. Each request has its own. */
final class ConcertChange implements Scenario {
  private static final String TITLE = "Changed";

  private final Stage stage;
  private String[] concerts = {};

  /** Changes concerts at the given stage. */
  ConcertChange(Stage stage) {
    this.stage = stage;
  }

  @Override
  public void prepare(int requests) {
    String[] made = new String[requests];
    Stage.forEach(requests, index -> made[index] = stage.concert("Before", 10).id());
    concerts = made;
  }

  @Override
  public HttpRequest.Builder request(int index) {
    return stage
        .operator()
        .request(
            "PATCH", "/v1/concerts/" + concerts[index], "{\"title\": \"%s\"}".formatted(TITLE));
  }

  @Override
  public String key(int index) {
    return concerts[index];
  }

  @Override
  public boolean accepts(int status) {
    return status == 200;
  }

  @Override
  public Effects effects(List<Answer> answers) {
    Effects effects = new Effects();
    stage.rows(
        "SELECT id::text FROM concerts WHERE title = '%s'".formatted(TITLE),
        row -> effects.committed(row.getString(1)));
    stage
        .partners()
        .pages("/concerts")
        .forEach(
            change -> {
              if (change.at("/concert/title").asText().equals(TITLE)) {
                effects.add(
                    change.path("concertId").asText(), Stage.micros(change.path("changedAt")));
              }
            });
    return effects;
  }
}
