package io.boxoffice.partner;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.KeyedPartner.Call;
import io.boxoffice.testing.KeyedPartner.Mood;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes concerts and sells in each way, beside a search and an analytics partner. */
class ConcertChangeApplicationTest extends WaysKit {
  private List<Call> effects(String path) {
    return partner.effects().stream()
        .filter(call -> call.path().startsWith(path))
        .sorted(Comparator.comparingLong(Call::nanos))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void searchAndAnalyticsFollowEachChange(Communication way) throws Exception {
    ApiClient api = start(way).client();
    String changed = api.createConcert(5, operator()).path("id").asText();
    String path = "/v1/concerts/" + changed;
    assertThat(api.send("PATCH", path, "{\"title\": \"Winter Tour\"}", operator()).status())
        .isEqualTo(200);
    assertThat(api.send("DELETE", path, null, operator()).status()).isEqualTo(204);
    String cancelled = api.createConcert(5, operator()).path("id").asText();
    assertThat(api.post("/v1/concerts/" + cancelled + "/cancellation", "{}", operator()).status())
        .isEqualTo(202);

    if (way == Communication.EVENTS) {
      Eventually.within(
          LIMIT,
          () -> effects("/concerts/").size() == 5 && text(effects("/events")).contains(cancelled));
    }
    assertThat(effects("/concerts/" + changed))
        .hasSize(3)
        .anySatisfy(
            call -> {
              assertThat(call.method()).isEqualTo("PUT");
              assertThat(call.body()).contains("\"version\":1", "Autumn Tour", "Halle 7");
            })
        .anySatisfy(call -> assertThat(call.body()).contains("\"version\":2", "Winter Tour"))
        .anySatisfy(
            call -> {
              assertThat(call.method()).isEqualTo("DELETE");
              assertThat(call.path()).endsWith("?version=3");
            });
    assertThat(effects("/concerts/" + cancelled))
        .anySatisfy(call -> assertThat(call.path()).endsWith("?version=2"));
    Eventually.within(LIMIT, () -> count(text(effects("/events")), "concert-change") == 5);
  }

  private static String text(List<Call> calls) {
    return calls.toString();
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  @Test
  void blockingCallsAreInSequenceAndNonblockingOnesSideBySide() throws Exception {
    partner.delay(200);
    ApiClient blocking = start(Communication.BLOCKING).client();
    blocking.createConcert(5, operator());
    ApiClient nonblocking = start(Communication.NONBLOCKING).client();
    nonblocking.createConcert(5, operator());

    List<Call> calls = partner.calls();
    assertThat(calls).hasSize(4);
    assertThat(calls.get(0).path()).startsWith("/concerts/");
    assertThat(calls.get(1).path()).isEqualTo("/events");
    assertThat(calls.get(1).nanos() - calls.get(0).nanos())
        .isGreaterThan(Duration.ofMillis(200).toNanos());
    assertThat(calls.get(3).nanos() - calls.get(2).nanos())
        .isLessThan(Duration.ofMillis(200).toNanos());
  }

  /** There are 16 threads for requests, and each blocking request holds one. */
  @Test
  void onlyBlockingRequestsHoldThreads() throws Exception {
    assertThat(readBesideChanges(start(Communication.BLOCKING).client())).isGreaterThan(400);
    assertThat(readBesideChanges(start(Communication.NONBLOCKING).client())).isLessThan(400);
  }

  /** Reads while requests wait for a silent partner; returns how many milliseconds it takes. */
  private long readBesideChanges(ApiClient api) {
    partner.become(Mood.SILENT);
    int before = partner.calls().size();
    List<CompletableFuture<ApiClient.Answer>> changes =
        IntStream.range(0, 16)
            .mapToObj(i -> api.sendAsync("POST", "/v1/concerts", Bodies.concert(5), operator()))
            .toList();
    Eventually.within(LIMIT, () -> partner.calls().size() >= before + 8);
    long begin = System.nanoTime();
    assertThat(api.get("/v1/concerts?limit=1").status()).isEqualTo(200);
    long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
    changes.forEach(change -> assertThat(change.join().status()).isEqualTo(201));
    return millis;
  }

  @ParameterizedTest
  @EnumSource
  void salesAreCountedByEventsInEachWay(Communication way) throws Exception {
    TestApplication shop = start(way);
    ApiClient api = shop.client();
    String concert = api.createConcert(5, operator()).path("id").asText();
    String purchase = api.buy(concert, 2).text("id");
    assertThat(api.post("/v1/purchases/" + purchase + "/cancellation", null).status())
        .isEqualTo(200);

    Eventually.within(
        LIMIT,
        () -> {
          String sent = text(effects("/events"));
          return count(sent, "\"type\":\"sale\"") == 1
              && count(sent, "\"type\":\"cancellation\"") == 1;
        });
    assertThat(text(effects("/events"))).contains(concert, "\"quantity\":2");
  }
}
