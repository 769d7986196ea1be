package io.boxoffice.stress.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {
  private static final String CREATED =
      "HTTP/1.1 201 Created\r\nDate: today\r\nCONTENT-length:  11\r\n\r\nhello world";
  private static final String REFUSED =
      "HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\nX-Content-Length: 7\r\n\r\n";

  private final ResponseReader reader = new ResponseReader();

  @Test
  void readsAResponseThatComesAtOnce() {
    assertThat(reader.feed(bytes(CREATED))).isTrue();
    assertThat(reader.status()).isEqualTo(201);
  }

  @Test
  void readsAResponseThatComesInTwoPiecesWhereverItIsCut() {
    for (int cut = 1; cut < CREATED.length(); cut++) {
      assertThat(reader.feed(bytes(CREATED.substring(0, cut)))).isFalse();
      assertThat(reader.feed(bytes(CREATED.substring(cut)))).isTrue();
      assertThat(reader.status()).isEqualTo(201);
    }
  }

  @Test
  void readsAResponseThatComesByteByByte() {
    for (int index = 0; index < CREATED.length() - 1; index++) {
      assertThat(reader.feed(bytes(CREATED.substring(index, index + 1)))).isFalse();
    }
    assertThat(reader.feed(bytes(CREATED.substring(CREATED.length() - 1)))).isTrue();
  }

  @Test
  void readsOneResponseAfterTheOther() {
    ByteBuffer both = bytes(CREATED + REFUSED);
    assertThat(reader.feed(both)).isTrue();
    assertThat(reader.status()).isEqualTo(201);
    assertThat(both.remaining()).isEqualTo(REFUSED.length());
    assertThat(reader.feed(both)).isTrue();
    assertThat(reader.status()).isEqualTo(409);
  }

  @Test
  void readsABodyThatIsLargerThanItsBuffer() {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";
    assertThat(reader.feed(bytes(head + "x".repeat(50_000)))).isFalse();
    assertThat(reader.feed(bytes("x".repeat(50_000)))).isTrue();
  }

  @Test
  void refusesWhatIsNotAsAgreed() {
    refuses("SSH-2.0-OpenSSH\r\n\r\n");
    refuses("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    refuses("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n");
    refuses("HTTP/1.1 200 OK\r\nX: " + "y".repeat(20_000));
  }

  private static void refuses(String response) {
    assertThatThrownBy(() -> new ResponseReader().feed(bytes(response)))
        .isInstanceOf(ResponseReader.MalformedResponseException.class);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
