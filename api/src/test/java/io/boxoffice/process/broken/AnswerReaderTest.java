package io.boxoffice.process.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the reader is strict, because a tolerant reader would hide errors of the server. */
class AnswerReaderTest {
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  @Test
  void consecutiveResponsesAreRead() throws Exception {
    AnswerReader reader =
        reader(
            "HTTP/1.1 100 Continue\r\n\r\n"
                + "HTTP/1.1 201 Created\r\nA: b\r\nContent-Length: 3\r\n\r\nabc"
                + CHUNKED
                + "2\r\nde\r\n1\r\nf\r\n0\r\n\r\n"
                + "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
                + "HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");

    assertThat(reader.read(false).isInterim()).isTrue();
    Answer created = reader.read(false);
    assertThat(created.body()).isEqualTo("abc");
    assertThat(created.header("a")).isEqualTo("b");
    assertThat(created.endsConnection()).isFalse();
    assertThat(reader.read(false).body()).isEqualTo("def");
    assertThat(reader.read(false).status()).isEqualTo(304);
    assertThat(reader.read(true).body()).isEmpty();
    assertThat(reader.read(false).endsConnection()).isTrue();
    assertThat(reader.read(false)).isNull();
  }

  @Test
  void errorResponseToHeadMayHaveABodyAtTheEndOfTheConnection() throws Exception {
    Answer answer = reader("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n{}").read(true);

    assertThat(answer.endsConnection()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 200\r\n\r\n",
        "HTTP/1.1 200 OK\n\n",
        "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\u0001\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
        "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        CHUNKED + "zz\r\n",
        CHUNKED + "1\r\nab\r\n0\r\n\r\n",
        CHUNKED + "1\r\na\r\n0\r\n",
      })
  void invalidResponseIsRejected(String bytes) {
    assertThatThrownBy(() -> reader(bytes).read(false)).isInstanceOf(UnsoundAnswerException.class);
  }

  private static AnswerReader reader(String bytes) throws IOException {
    return new AnswerReader(new BufferedInputStream(new ByteArrayInputStream(Latin.bytes(bytes))));
  }
}
