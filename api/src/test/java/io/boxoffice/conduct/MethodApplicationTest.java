package io.boxoffice.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.platform.error.Problem;
import io.boxoffice.testing.RawReply;
import io.boxoffice.testing.TestApplication;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks on every route of both ports that HEAD matches GET and that Allow lists every method. */
class MethodApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get");

  /** Headers that differ between two responses. */
  private static final Set<String> CHANGING = Set.of("date", "x-request-id");

  private static Calls calls;

  @BeforeAll
  static void makeCalls() {
    calls = new Calls(APPLICATION);
  }

  private static RawReply send(Call call, String method, String path, String headers) {
    return call.send(
        "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s%s\r\n"
            .formatted(method, path, Calls.OPERATOR, headers));
  }

  private static Set<String> stableHeaders(RawReply reply) {
    return reply.headers().stream()
        .filter(
            line ->
                !CHANGING.contains(
                    line.substring(0, line.indexOf(':')).toLowerCase(java.util.Locale.ROOT)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void headMatchesGet() {
    for (Call call : calls.all().filter(Call::isRead).toList()) {
      for (String headers :
          List.of(
              "",
              "Accept-Encoding: gzip\r\n",
              "If-None-Match: *\r\n",
              "If-Match: x\r\n",
              "Accept: text/x\r\n")) {
        RawReply get = send(call, "GET", call.path(), headers);
        RawReply head = send(call, "HEAD", call.path(), headers);
        String what = "%s with %s".formatted(call, headers);
        assertThat(head.status()).as(what).isEqualTo(get.status());
        assertThat(head.body()).as(what).isEmpty();
        if (!CHANGING_BODIES.contains(call.path())) {
          assertThat(stableHeaders(head)).as(what).isEqualTo(stableHeaders(get));
        }
      }
    }
  }

  /** Pages whose length differs at each read. */
  private static final Set<String> CHANGING_BODIES = Set.of("/metrics", "/threads", "/healthcheck");

  @Test
  void headOfALargeBodyHasItsLength() {
    for (String template : List.of("/openapi.json", "/openapi.yaml")) {
      Call call = calls.call("GET", template);
      String length = send(call, "HEAD", template, "").header("Content-Length");
      assertThat(length)
          .isEqualTo(Integer.toString(send(call, "GET", template, "").body().length()));
    }
    Call page = calls.call("GET", "/page/{file}");
    assertThat(
            Integer.parseInt(
                send(page, "HEAD", "/page/swagger-ui-bundle.js", "").header("Content-Length")))
        .isGreaterThan(1_000_000);
  }

  @Test
  void anUnservedMethodIsRejectedWithTheServedMethods() {
    for (Call call : calls.all().toList()) {
      Set<String> served = new TreeSet<>(Set.of("OPTIONS"));
      calls
          .all()
          .filter(other -> other.port() == call.port())
          .filter(other -> other.template().equals(call.template()))
          .forEach(other -> served.add(other.method()));
      if (served.contains("GET")) {
        served.add("HEAD");
      }
      for (String method : METHODS) {
        if (served.contains(method)) {
          continue;
        }
        RawReply reply = send(call, method, call.path(), "");
        String what = "%s of %s".formatted(method, call.template());
        assertThat(reply.status()).as(what).isEqualTo(405);
        assertThat(reply.header("Allow")).as(what).isEqualTo(String.join(", ", served));
        assertThat(reply.header("Content-Type")).as(what).isEqualTo(Problem.MEDIA_TYPE);
      }
      RawReply options = send(call, "OPTIONS", call.path(), "");
      assertThat(options.status()).isEqualTo(204);
      assertThat(options.header("Allow")).isEqualTo(String.join(", ", served));
    }
  }
}
