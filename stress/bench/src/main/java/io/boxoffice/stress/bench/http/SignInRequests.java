package io.boxoffice.stress.bench.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Requests to sign in with one password, each with an address of its own, as in an attack with
 * leaked passwords. Several requests for one address would soon have to wait.
 */
public final class SignInRequests implements Requests {
  private final String password;

  /** Requests with the given password, which is in ASCII and needs no escape in JSON. */
  public SignInRequests(String password) {
    this.password = password;
  }

  @Override
  public void next(ByteBuffer out) {
    String body =
        "{\"email\":\"%s@example.com\",\"password\":\"%s\"}".formatted(UUID.randomUUID(), password);
    String request =
        String.join(
            "\r\n",
            "POST /v1/sessions HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            "Content-Length: " + body.length(),
            "",
            body);
    out.clear();
    out.put(request.getBytes(StandardCharsets.US_ASCII));
    out.flip();
  }
}
