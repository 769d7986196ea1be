package io.boxoffice.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.platform.error.Problem;
import io.boxoffice.platform.http.strict.HeaderFilter;
import io.boxoffice.testing.CheapPasswords;
import io.boxoffice.testing.RawReply;
import io.boxoffice.testing.TestApplication;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that no malformed header causes a 5xx, and that a header which may occur once is rejected
 * if it occurs twice.
 */
class HeaderApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private static Calls calls;

  @BeforeAll
  static void makeCalls() {
    calls = new Calls(APPLICATION);
    CheapPasswords.replaceIn(APPLICATION.database());
  }

  /** The headers that the service, Jetty or Jersey read, and some that a later version may read. */
  static Stream<String> headers() {
    return Stream.concat(
        HeaderFilter.ONCE.stream(),
        Stream.of(
            "Accept",
            "Accept-Charset",
            "Accept-Encoding",
            "Accept-Language",
            "Connection",
            "Content-Encoding",
            "Content-Language",
            "Cookie",
            "Date",
            "Expect",
            "Forwarded",
            "If-Modified-Since",
            "If-None-Match",
            "If-Range",
            "If-Unmodified-Since",
            "Prefer",
            "Range",
            "TE",
            "Trailer",
            "Upgrade",
            "X-Forwarded-For",
            "X-Forwarded-Proto",
            "X-HTTP-Method-Override",
            "X-Request-Id"));
  }

  private static final List<String> BROKEN =
      List.of(
          "",
          " ",
          "abc",
          "\"abc",
          "\"",
          "*",
          ",",
          ",,;,",
          ";",
          "=",
          "a, b",
          "\"a\", \"b",
          "W/",
          "W/x",
          "q=9",
          "*;q=x",
          "a/b;q=-1",
          "/",
          "\u00e9",
          "\u00c3\u00a9",
          "\u0080\u00ff",
          "x".repeat(6000));

  /** One of these for each route and header; {@link #BROKEN} for routes that read most headers. */
  private static final List<String> MOST_BROKEN = List.of("\"abc", ",,;,", "\u00e9");

  private static final Set<String> READING_MOST =
      Set.of(
          "GET /v1/concerts/{concertId}",
          "POST /v1/concerts/{concertId}/purchases",
          "PUT /v1/simulation",
          "GET /metrics");

  @ParameterizedTest
  @MethodSource("headers")
  void aMalformedHeaderCausesNoServerError(String header) {
    int turn = header.length();
    for (Call call : calls.all().filter(other -> !other.path().equals("/tasks/gc")).toList()) {
      List<String> one = List.of(MOST_BROKEN.get(turn++ % MOST_BROKEN.size()));
      for (String value : READING_MOST.contains(call.toString()) ? BROKEN : one) {
        RawReply reply = call.send(call.with(header + ": " + value + "\r\n"));
        String what = "%s with %s: %s".formatted(call, header, value);
        assertThat(reply.status()).as(what + reply.body()).isLessThan(500);
        if (reply.status() >= 400) {
          assertThat(reply.header("Content-Type")).as(what).isEqualTo(Problem.MEDIA_TYPE);
        }
      }
    }
  }

  @Test
  void aRepeatedSingleHeaderIsRejectedOnEveryRoute() {
    List<Integer> before = calls.written();
    for (Call call : calls.all().toList()) {
      for (String header : HeaderFilter.ONCE) {
        String twice = "%s: a/b\r\n%1$s: a/b\r\n".formatted(header);
        RawReply reply = call.send(call.with(twice));
        String what = "%s with %s twice".formatted(call, header);
        assertThat(reply.status()).as(what + reply.body()).isEqualTo(422);
        assertThat(reply.json().at("/errors/0/field").asText()).as(what).isEqualTo(header);
        assertThat(reply.json().at("/errors/0/message").asText()).isEqualTo("must occur once");
      }
    }
    assertThat(calls.written()).isEqualTo(before);
  }

  @Test
  void aHeaderThatIsAListMayOccurTwice() {
    for (Call call : calls.all().filter(Call::isRead).toList()) {
      for (String header : Set.of("Accept: */*", "If-None-Match: \"a\"", "X-Forwarded-For: ::1")) {
        assertThat(call.send(call.with((header + "\r\n").repeat(2))).status())
            .as("%s with %s twice", call, header)
            .isEqualTo(200);
      }
    }
  }
}
