package io.boxoffice.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.TestApplication;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that Jetty rejects malformed HTTP/1.1 with a problem and a 400. */
class MalformedRequestApplicationTest {
  @RegisterExtension private static final TestApplication APPLICATION = TestApplication.shipped();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET\r\nHost: localhost\r\n",
        "GET  HTTP/1.1\r\nHost: localhost\r\n",
        "GET HTTP/1.1\r\nHost: localhost\r\n",
        "GET / HTTP/3.7\r\nHost: localhost\r\n",
        "GET concerts HTTP/1.1\r\nHost: localhost\r\n",
        "GET * HTTP/1.1\r\nHost: localhost\r\n",
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: morse\r\n",
      })
  void malformedHttpIsABadRequest(String head) throws Exception {
    try (RawConnection connection = RawConnection.to(APPLICATION.port())) {
      connection.send(head + "Connection: close\r\n\r\n");
      assertThat(connection.readAll())
          .startsWith("HTTP/1.1 400 Bad Request\r\n")
          .contains("Content-Type: " + Problem.MEDIA_TYPE, "\"code\":\"bad-request\"");
    }
  }
}
