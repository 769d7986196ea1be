package io.boxoffice.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.platform.error.Problem;
import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.RawReply;
import io.boxoffice.testing.TestApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a body with malformed framing, coding or characters is a client error. */
class BrokenBodyApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private static Calls calls;
  private List<Integer> before;

  @BeforeAll
  static void makeCalls() {
    calls = new Calls(APPLICATION);
  }

  @BeforeEach
  void count() {
    before = calls.written();
  }

  @AfterEach
  void nothingIsWritten() {
    assertThat(calls.written()).isEqualTo(before);
  }

  private static String bytes(int... octets) {
    StringBuilder text = new StringBuilder();
    for (int octet : octets) {
      text.append((char) octet);
    }
    return text.toString();
  }

  private static String encoded(String text, String charset) {
    return new String(text.getBytes(Charset.forName(charset)), StandardCharsets.ISO_8859_1);
  }

  private static Map<String, String> notUtf8(String valid) {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("a big-endian mark of UTF-16 and zeros", bytes(0xfe, 0xff, 0, 0) + valid);
    bodies.put("a brace in UTF-32 of an odd order", bytes(0, 0x7b, 0, 0) + valid);
    bodies.put("UTF-16", encoded(valid, "UTF-16"));
    bodies.put("UTF-16 without a mark", encoded(valid, "UTF-16LE"));
    bodies.put("UTF-32", encoded(valid, "UTF-32"));
    bodies.put("UTF-32, cut off", encoded(valid, "UTF-32").substring(0, 6));
    bodies.put("UTF-32 beyond Unicode", bytes(0, 0, 0, 0x7b, 0x7f, 0xff, 0xff, 0xff));
    bodies.put(
        "an overlong slash", valid.replaceFirst("\\{", "{\"" + bytes(0xc0, 0xaf) + "\": 1,"));
    bodies.put("half a surrogate", valid.replaceFirst("\\{", "{\"" + bytes(0xed, 0xa0, 0x80)));
    bodies.put("a byte of ISO-8859-1", valid.replaceFirst("\\{", "{\"" + bytes(0xe9) + "\": 1,"));
    bodies.put("a character that is cut off", valid + bytes(0xe2, 0x82));
    return bodies;
  }

  @Test
  void onlyUtf8IsJson() {
    calls
        .all()
        .filter(call -> call.body() != null && !call.isSigned())
        .forEach(
            call ->
                notUtf8(call.body())
                    .forEach(
                        (name, body) ->
                            assertRejected(
                                call + ": " + name,
                                call.send(call.with(call.path(), "", body)),
                                400,
                                "malformed-json")));
  }

  @Test
  void aByteOrderMarkOfUtf8IsIgnored() {
    Call call = calls.call("POST", "/v1/simulation/preview");

    assertThat(call.send(call.with(call.path(), "", bytes(0xef, 0xbb, 0xbf) + "{}")).status())
        .isEqualTo(200);
    assertThat(call.send(call.with(call.path(), "", bytes(0xef, 0xbb))).status()).isEqualTo(400);
  }

  private static String gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static String flip(String text, int fromEnd) {
    int at = text.length() - fromEnd;
    return text.substring(0, at) + (char) (text.charAt(at) ^ 1) + text.substring(at + 1);
  }

  @Test
  void malformedGzipIsRejectedOnBothPorts() {
    calls
        .all()
        .filter(call -> !call.isRead())
        .forEach(
            call -> {
              try {
                String valid = gzip(call.body() == null ? "x" : call.body());
                Map<String, String> broken = new LinkedHashMap<>();
                broken.put("plain text", "{}");
                broken.put("a wrong checksum", flip(valid, 6));
                broken.put("a wrong length", flip(valid, 1));
                broken.put("cut off in the trailer", valid.substring(0, valid.length() - 3));
                broken.put("cut off in the header", valid.substring(0, 5));
                broken.put("bytes behind it", valid + "and more");
                broken.put("half a second member", valid + valid.substring(0, 14));
                broken.forEach(
                    (name, body) ->
                        assertRejected(
                            call + ": " + name,
                            call.send(call.with(call.path(), "Content-Encoding: gzip\r\n", body)),
                            400,
                            "bad-request"));
              } catch (IOException cause) {
                throw new AssertionError(cause);
              }
            });
  }

  @Test
  void validGzipIsAccepted() throws IOException {
    Call call = calls.call("POST", "/v1/simulation/preview");
    for (String coding : List.of("gzip", "GZIP", "x-gzip", "identity, gzip")) {
      assertThat(
              call.send(call.with(call.path(), "Content-Encoding: " + coding + "\r\n", gzip("{}")))
                  .status())
          .as(coding)
          .isEqualTo(200);
    }
    assertThat(
            call.send(call.with(call.path(), "Content-Encoding: gzip\r\n", gzip("{") + gzip("}")))
                .status())
        .as("two members")
        .isEqualTo(200);
    assertThat(
            call.send(
                    call.with(
                        call.path(), "Content-Encoding: gzip\r\n", gzip(" ".repeat(3_000_000))))
                .status())
        .as("a bomb")
        .isEqualTo(413);
  }

  @Test
  void anotherCodingIsRejectedWithTheAcceptedCoding() {
    calls
        .all()
        .filter(call -> !call.isRead())
        .forEach(
            call -> {
              for (String coding : List.of("br", "zstd", "deflate", "gzip, gzip", "gzip;q=1")) {
                RawReply reply =
                    call.send(call.with(call.path(), "Content-Encoding: " + coding + "\r\n", "{}"));
                assertRejected(call + ": " + coding, reply, 415, "unsupported-media-type");
                assertThat(reply.header("Accept-Encoding")).isEqualTo("gzip");
              }
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n",
        "-5\r\n",
        "0x5\r\n",
        " 5\r\n",
        "\r\n",
        ";a=b\r\n",
        "5\r\nhello\r\nq",
        "5\r\nhelloX",
        "5\r\nhello0\r\n\r\n",
        "fffffffffffffffff\r\n",
        "0\r\nno colon\r\n\r\n"
      })
  void aMalformedChunkIsRejectedAtOnceAndClosesTheConnection(String chunks) throws IOException {
    for (Call call : calls.all().toList()) {
      try (RawConnection connection = RawConnection.to(call.port())) {
        connection.send(
            "%s %s HTTP/1.1\r\nHost: localhost\r\n%s%sTransfer-Encoding: chunked\r\n\r\n"
                .formatted(call.method(), call.path(), Calls.OPERATOR, Calls.JSON));
        connection.send(chunks);
        // The request asks for no close, and a body may take 10 s, so an earlier end comes from the
        // rejection.
        long begin = System.nanoTime();
        String all = connection.readAll();
        assertThat(all)
            .as(call.toString())
            .startsWith("HTTP/1.1 400 ")
            .contains("Connection: close");
        assertThat(all).contains("Content-Type: " + Problem.MEDIA_TYPE, "\"code\":\"bad-request\"");
        assertThat(System.nanoTime() - begin).isLessThan(8_000_000_000L);
      }
    }
  }

  @Test
  void aConnectionStaysOpenAfterACompletelyReadBody() throws IOException {
    Call call = calls.call("POST", "/v1/simulation/preview");
    try (RawConnection connection = RawConnection.to(call.port())) {
      for (String headers : List.of("Content-Encoding: gzip\r\n", "Content-Encoding: br\r\n", "")) {
        connection.send(
            call.with(call.path(), headers, "{" + bytes(0xff))
                .replace("Connection: close\r\n", ""));
      }
      connection.send(call.with(""));
      assertThat(connection.readAll().split("HTTP/1.1 "))
          .extracting(reply -> reply.isEmpty() ? "" : reply.substring(0, 3))
          .containsExactly("", "400", "415", "400", "200");
    }
  }

  private static void assertRejected(String what, RawReply reply, int status, String code) {
    assertThat(reply.status()).as(what + reply.body()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo(Problem.MEDIA_TYPE);
    assertThat(reply.code()).as(what).isEqualTo(code);
  }
}
