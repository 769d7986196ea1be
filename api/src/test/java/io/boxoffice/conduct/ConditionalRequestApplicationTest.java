package io.boxoffice.conduct;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.RawReply;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that If-Match and If-None-Match follow RFC 9110, 13 on every resource with an ETag. */
class ConditionalRequestApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private static final String MISSING_CONCERT = "/v1/concerts/00000000-0000-7000-8000-000000000000";

  private Calls calls;
  private ApiClient api;
  private String concert;

  @BeforeEach
  void makeCalls() {
    calls = new Calls(APPLICATION);
    api = APPLICATION.client();
    concert = "/v1/concerts/" + api.createConcert(10, operator()).path("id").asText();
  }

  private static RawReply get(Call call, String headers) {
    return call.send(call.with(headers));
  }

  private List<Call> tagged() {
    List<Call> tagged =
        calls
            .ofApplication()
            .filter(Call::isRead)
            .filter(call -> get(call, "").header("ETag") != null)
            .toList();
    assertThat(tagged)
        .extracting(Call::template)
        .contains("/v1/concerts", "/v1/concerts/{concertId}", "/v1/simulation", "/openapi.json");
    return tagged;
  }

  @Test
  void everyTagIsStrongAndBelongsToOneBody() {
    for (Call call : tagged()) {
      RawReply plain = get(call, "");
      RawReply again = get(call, "");
      assertThat(again.header("ETag")).as(call.toString()).isEqualTo(plain.header("ETag"));
      assertThat(again.body()).isEqualTo(plain.body());
      assertThat(plain.header("ETag")).startsWith("\"");
      RawReply compressed = get(call, "Accept-Encoding: gzip\r\n");
      if (compressed.header("Content-Encoding") != null) {
        assertThat(compressed.header("ETag")).isNotEqualTo(plain.header("ETag"));
      }
    }
  }

  @Test
  void readsReturn304Or412ByTheirConditions() {
    for (Call call : tagged()) {
      String tag = get(call, "").header("ETag");
      Map<String, Integer> expected = new HashMap<>();
      expected.put("If-None-Match: " + tag, 304);
      expected.put("If-None-Match: W/" + tag, 304);
      expected.put("If-None-Match: \"other\" ,, " + tag, 304);
      expected.put("If-None-Match: \"other\"\r\nIf-None-Match: " + tag, 304);
      expected.put("If-None-Match: *", 304);
      expected.put("If-None-Match: \"other\"", 200);
      expected.put("If-Match: " + tag, 200);
      expected.put("If-Match: \"other\", " + tag, 200);
      expected.put("If-Match: *", 200);
      expected.put("If-Match: W/" + tag, 412);
      expected.put("If-Match: \"other\"", 412);
      expected.put("If-Match: \"other\"\r\nIf-None-Match: " + tag, 412);
      expected.put("If-Match: " + tag + "\r\nIf-None-Match: " + tag, 304);
      expected.forEach(
          (headers, status) -> {
            RawReply reply = get(call, headers + "\r\n");
            assertThat(reply.status()).as("%s with %s", call, headers).isEqualTo(status);
            if (status == 304) {
              assertThat(reply.header("ETag")).isEqualTo(tag);
              assertThat(reply.header("Content-Length")).as("RFC 9110, 8.6").isNull();
              assertThat(reply.body()).isEmpty();
            }
          });
    }
  }

  @Test
  void aHeaderThatIsNoListOfTagsIsRejected() {
    for (Call call : tagged()) {
      for (String header : List.of("If-Match", "If-None-Match")) {
        for (String value :
            List.of("", "abc", "\"a", "a\"", "\"a\" \"b\"", "*, \"a\"", "w/\"a\"", "\"a b\"")) {
          RawReply reply = get(call, "%s: %s\r\n".formatted(header, value));
          assertThat(reply.status()).as("%s with %s: %s", call, header, value).isEqualTo(422);
          assertThat(reply.json().at("/errors/0/field").asText()).isEqualTo(header);
        }
      }
    }
  }

  private Answer change(String title, String... headers) {
    return send("PATCH", concert, "{\"title\": \"%s\"}".formatted(title), headers);
  }

  private Answer send(String method, String path, String body, String... headers) {
    String[] all = {operator()[0], operator()[1], headers[0], headers[1]};
    return api.send(method, path, body, all);
  }

  @Test
  void theSecondChangeWithTheSameTagIsRejected() {
    String tag = api.get(concert).header("ETag");

    Answer first = change("first", "If-Match", tag);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("ETag")).isEqualTo(api.get(concert).header("ETag")).isNotEqualTo(tag);

    Answer second = change("second", "If-Match", tag);
    assertThat(second.status()).isEqualTo(412);
    assertThat(second.text("code")).isEqualTo("precondition-failed");
    assertThat(send("DELETE", concert, null, "If-Match", tag).status()).isEqualTo(412);
    assertThat(api.get(concert).text("title")).isEqualTo("first");

    assertThat(change("third", "If-Match", first.header("ETag")).status()).isEqualTo(200);
    String last = api.get(concert).header("ETag");
    assertThat(send("DELETE", concert, null, "If-Match", last).status()).isEqualTo(204);
  }

  @Test
  void aChangeIsRejectedIfItsConditionDoesNotHold() {
    String tag = api.get(concert).header("ETag");
    assertThat(change("x", "If-Match", "W/" + tag).status()).isEqualTo(412);
    assertThat(change("x", "If-Match", "\"other\"").status()).isEqualTo(412);
    assertThat(change("x", "If-None-Match", "*").status()).isEqualTo(412);
    assertThat(change("x", "If-None-Match", tag).status()).isEqualTo(412);
    assertThat(change("x", "If-Match", "other").status()).isEqualTo(422);
    assertThat(api.get(concert).header("ETag")).isEqualTo(tag);
    assertThat(change("x", "If-None-Match", "\"other\"").status()).isEqualTo(200);
    assertThat(change("y", "If-Match", "*").status()).isEqualTo(200);
  }

  @Test
  void noIfMatchHoldsForAMissingConcert() {
    for (String condition : List.of("*", "\"other\"")) {
      assertThat(
              send("PATCH", MISSING_CONCERT, "{\"title\": \"t\"}", "If-Match", condition).status())
          .isEqualTo(412);
      assertThat(send("DELETE", MISSING_CONCERT, null, "If-Match", condition).status())
          .isEqualTo(412);
    }
    assertThat(send("DELETE", MISSING_CONCERT, null, "If-None-Match", "*").status()).isEqualTo(404);
  }

  @Test
  void aSaleChangesTheTag() {
    String tag = api.get(concert).header("ETag");
    api.buy(concert.substring("/v1/concerts/".length()), 1);
    assertThat(change("x", "If-Match", tag).status()).isEqualTo(412);
  }

  @Test
  void theTagOfTheSimulationChangesWithThePhase() {
    Answer set =
        send(
            "PUT",
            "/v1/simulation",
            """
            {"activeProfile": "p", "profiles": {"p": {"rules": [], "scenario": {"repeat": true, "phases": [
              {"phase": "calm", "duration": "1s", "ramp": "linear", "delayFactor": 1, "denialFactor": 1},
              {"phase": "rush", "duration": "1s", "ramp": "linear", "delayFactor": 1, "denialFactor": 1}]}}}}
            """,
            "If-Match",
            "*");
    assertThat(set.status()).as(set.raw().body()).isEqualTo(200);
    Map<String, String> bodies = new HashMap<>();
    Eventually.within(
        Duration.ofSeconds(30),
        () -> {
          Answer read = api.get("/v1/simulation", operator());
          String other = bodies.putIfAbsent(read.header("ETag"), read.raw().body());
          assertThat(other == null || other.equals(read.raw().body())).isTrue();
          return bodies.size() > 1;
        });
    assertThat(send("PUT", "/v1/simulation", "{}", "If-Match", "*").status()).isEqualTo(200);
  }
}
