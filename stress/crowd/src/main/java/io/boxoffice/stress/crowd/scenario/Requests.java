package io.boxoffice.stress.crowd.scenario;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.boxoffice.stress.crowd.record.Answer;
import io.boxoffice.stress.crowd.record.Kind;
import io.boxoffice.stress.crowd.record.Recorder;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.util.Set;

/** Sends Gatling's requests, and records the outcome of each. */
final class Requests {
  private static final String SENT = "sent";
  private static final String ANSWER = "answer";
  private static final String STATUS = "status";
  private static final String CODE = "code";
  private static final String SIMULATION = "simulation";
  private static final String REPLAYED = "replayed";
  private static final String LOCATION = "location";
  private static final String RETRY_AFTER = "retryAfter";
  private static final Set<Integer> PROBLEMS_WITH_A_CODE = Set.of(409, 503);

  private final Recorder recorder;

  Requests(Recorder recorder) {
    this.recorder = recorder;
  }

  /** One request; {@link #answer} has its result. */
  ChainBuilder send(String name, Kind kind, HttpRequestActionBuilder request) {
    return exec(session ->
            session
                .removeAll(STATUS, CODE, SIMULATION, REPLAYED, LOCATION, RETRY_AFTER)
                .set(SENT, recorder.sent(name, kind)))
        .exec(checked(request))
        .exec(
            session -> {
              Answer answer = read(session);
              recorder.ended(session.get(SENT), answer.outcome());
              // The failure is recorded, and the next steps check the answer themselves.
              return session.set(ANSWER, answer).markAsSucceeded();
            });
  }

  /** The answer to the last request. */
  static Answer answer(Session session) {
    return session.get(ANSWER);
  }

  private static HttpRequestActionBuilder checked(HttpRequestActionBuilder request) {
    return request
        .check(
            status().saveAs(STATUS),
            header("Simulation").optional().saveAs(SIMULATION),
            header("Idempotency-Replayed").optional().saveAs(REPLAYED),
            header("Location").optional().saveAs(LOCATION),
            header("Retry-After").optional().saveAs(RETRY_AFTER))
        .checkIf((response, session) -> PROBLEMS_WITH_A_CODE.contains(response.status().code()))
        .then(jsonPath("$.code").optional().saveAs(CODE))
        // In Gatling's report, a simulated denial and "sold out" are no failures.
        .checkIf((response, session) -> !isDenied(response.headers().get("Simulation")))
        .then(status().in(200, 201, 304, 409));
  }

  private static Answer read(Session session) {
    if (!session.contains(STATUS)) {
      return Answer.NONE;
    }
    return new Answer(
        session.getInt(STATUS),
        session.getString(CODE),
        isDenied(session.getString(SIMULATION)),
        session.contains(REPLAYED),
        session.getString(LOCATION),
        seconds(session.getString(RETRY_AFTER)));
  }

  private static boolean isDenied(String simulation) {
    return simulation != null && simulation.contains("denied=true");
  }

  private static Integer seconds(String retryAfter) {
    return retryAfter != null && retryAfter.matches("[0-9]{1,4}")
        ? Integer.valueOf(retryAfter)
        : null;
  }
}
