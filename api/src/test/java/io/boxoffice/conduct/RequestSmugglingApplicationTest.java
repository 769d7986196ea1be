package io.boxoffice.conduct;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.RawReply;
import io.boxoffice.testing.TestApplication;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sends requests whose length a proxy and the service could read differently (RFC 9112, section
 * 11.2), each with a second request in what one of them takes for the body. The service must reject
 * the first and must not read the second.
 */
class RequestSmugglingApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private static final String BODY = "{\"email\": \"smuggled@example.com\"}";
  private static final String SECOND =
      "POST /v1/accounts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          + "Content-Length: %d\r\nConnection: close\r\n\r\n%s".formatted(BODY.length(), BODY);

  /** The mails that the second request caused. */
  private static int smuggled() {
    return APPLICATION
        .client()
        .get("/v1/mails?recipient=smuggled@example.com", operator())
        .body()
        .path("items")
        .size();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding: chunked, identity"
      })
  void aRequestWithTwoLengthsIsRejectedAndItsConnectionClosed(String framing) throws IOException {
    int before = smuggled();
    RawReply reply =
        RawConnection.exchange(
            APPLICATION.port(),
            "POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + framing
                + "\r\n\r\n0\r\n\r\n"
                + SECOND);
    assertThat(reply.status()).as(framing).isIn(400, 501);
    assertThat(reply.header("Connection")).as(framing).isEqualTo("close");
    assertThat(reply.body()).as("one answer").doesNotContain("HTTP/1.1");
    assertThat(smuggled()).isEqualTo(before);
  }

  /** The control: the same second request after a first one of a certain length is read. */
  @Test
  void theSecondRequestIsReadAfterASoundOne() throws IOException {
    int before = smuggled();
    RawReply reply =
        RawConnection.exchange(
            APPLICATION.port(), "GET /v1/concerts HTTP/1.1\r\nHost: localhost\r\n\r\n" + SECOND);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).contains("HTTP/1.1 202");
    assertThat(smuggled()).isEqualTo(before + 1);
  }
}
