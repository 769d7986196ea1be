package io.boxoffice.stress.bench.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Requests to sign in, always with the same address and password. */
public final class SignInRequests implements Requests {
  private final byte[] request;

  /** Requests of the given person; the password may be wrong. */
  public SignInRequests(String email, String password) {
    String body = "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password);
    request =
        String.join(
                "\r\n",
                "POST /v1/sessions HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Content-Length: " + body.length(),
                "",
                body)
            .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void next(ByteBuffer out) {
    out.clear();
    out.put(request);
    out.flip();
  }
}
