package io.boxoffice.stress.crowd.scenario;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.boxoffice.stress.crowd.record.Answer;
import io.boxoffice.stress.crowd.record.Exchange;
import io.boxoffice.stress.crowd.record.Kind;
import io.boxoffice.stress.crowd.record.Looks;
import io.boxoffice.stress.crowd.record.Outcome;
import io.boxoffice.stress.crowd.record.Recorder;
import io.boxoffice.stress.crowd.shop.OrderState;
import io.gatling.http.response.Response;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.util.Set;
import java.util.function.BiFunction;

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
  private static final String STATE = "state";
  private static final String TYPES = "types";
  private static final String AVAILABLE = "available";
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Set<Integer> PROBLEMS_WITH_A_CODE = Set.of(402, 409, 503);
  private static final Set<Integer> DOCUMENTS = Set.of(200, 201, 202);

  private final Recorder recorder;
  private final Looks looks;

  Requests(Recorder recorder, Looks looks) {
    this.recorder = recorder;
    this.looks = looks;
  }

  /** One look at a concert, whose answer says how many tickets are left. */
  ChainBuilder look(String name, HttpRequestActionBuilder request) {
    HttpRequestActionBuilder reading =
        request
            .checkIf((response, session) -> response.status().code() == 200)
            .then(
                jsonPath("$.ticketTypes[*].id").findAll().optional().saveAs(TYPES),
                jsonPath("$.ticketTypes[*].available")
                    .ofLong()
                    .findAll()
                    .optional()
                    .saveAs(AVAILABLE));
    return exec(session -> session.removeAll(TYPES, AVAILABLE))
        .exec(send(name, Kind.READ, reading))
        .exec(
            session -> {
              if (session.contains(TYPES) && session.contains(AVAILABLE)) {
                looks.saw(exchange(session), session.getList(TYPES), session.getList(AVAILABLE));
              }
              return session;
            });
  }

  /** One request; {@link #answer} has its result. */
  ChainBuilder send(String name, Kind kind, HttpRequestActionBuilder request) {
    return send(name, kind, request, (session, answer) -> answer.outcome());
  }

  /**
   * One request whose answer has a meaning of its own.
   *
   * @param meaning what an answer means to the buyer of a session
   */
  ChainBuilder send(
      String name,
      Kind kind,
      HttpRequestActionBuilder request,
      BiFunction<Session, Answer, Outcome> meaning) {
    return exec(session ->
            session
                .removeAll(STATUS, CODE, SIMULATION, REPLAYED, LOCATION, RETRY_AFTER, STATE)
                .set(SENT, recorder.sent(name, kind)))
        .exec(checked(request))
        .exec(
            session -> {
              Answer answer = read(session);
              Recorder.Sent sent = session.get(SENT);
              recorder.ended(sent, meaning.apply(session, answer));
              if (answer.status() == TOO_MANY_REQUESTS) {
                recorder.limited();
              }
              // The failure is recorded, and the next steps check the answer themselves.
              return session
                  .set(ANSWER, new Exchange(sent.nanoTime(), System.nanoTime(), answer))
                  .markAsSucceeded();
            });
  }

  /** The answer to the last request. */
  static Answer answer(Session session) {
    return exchange(session).answer();
  }

  /** The last request, with its answer. */
  static Exchange exchange(Session session) {
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
        .checkIf((response, session) -> isOrder(response))
        .then(jsonPath("$.state").optional().saveAs(STATE))
        // In Gatling's report, a simulated denial and "sold out" are no failures.
        .checkIf((response, session) -> !isDenied(response.headers().get("Simulation")))
        .then(status().in(200, 201, 202, 304, 402, 409));
  }

  private static boolean isOrder(Response response) {
    return DOCUMENTS.contains(response.status().code())
        && response.request().getUri().toString().contains("/orders");
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
        seconds(session.getString(RETRY_AFTER)),
        session.contains(STATE) ? OrderState.valueOf(session.getString(STATE)) : null);
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
