package io.boxoffice.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.RawReply;
import io.boxoffice.testing.TestApplication;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks on every route of both ports what a browser is told. */
class BrowserHeadersApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private static Calls calls;

  @BeforeAll
  static void makeCalls() {
    calls = new Calls(APPLICATION);
  }

  @Test
  void everyAnswerRestrictsWhatABrowserDoesWithIt() {
    for (Call call : calls.all().toList()) {
      RawReply reply = call.send(call.with(""));
      assertThat(reply.header("X-Content-Type-Options")).as("%s", call).isEqualTo("nosniff");
      assertThat(reply.header("Referrer-Policy")).as("%s", call).isEqualTo("no-referrer");
      assertThat(reply.header("Content-Security-Policy").split("; ?"))
          .as("%s", call)
          // default-src covers object-src.
          .contains("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
          .noneMatch(directive -> directive.contains("unsafe-inline"));
      assertThat(reply.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
      assertThat(reply.header("Set-Cookie")).as("%s", call).isNull();
    }
  }

  /** The service speaks plain HTTP. What ends TLS in front of it sets the header. */
  @Test
  void noAnswerSetsHstsBecauseTheServiceEndsNoTls() {
    for (Call call : calls.all().toList()) {
      RawReply reply = call.send(call.with("X-Forwarded-Proto: https\r\n"));
      assertThat(reply.header("Strict-Transport-Security")).as("%s", call).isNull();
    }
  }

  @Test
  void withoutTheSettingNoOriginIsAllowed() {
    for (Call call : calls.all().toList()) {
      for (String origin : new String[] {"https://evil.example", "null", "http://localhost:8080"}) {
        RawReply reply =
            call.send(
                call.with(
                    "Origin: %s\r\nAccess-Control-Request-Method: POST\r\n".formatted(origin)));
        assertThat(reply.headers())
            .as("%s from %s", call, origin)
            .noneMatch(
                line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
      }
    }
  }
}
