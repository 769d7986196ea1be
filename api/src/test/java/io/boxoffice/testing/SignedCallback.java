package io.boxoffice.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs callbacks as the payment partner does. */
public final class SignedCallback {
  /** The secret that the test applications share with their partner. */
  public static final String SECRET = "test-callback-secret";

  private SignedCallback() {}

  /** Returns the header that is valid now in a test application, as name and value. */
  public static String[] now(String body) {
    return new String[] {
      "Payment-Signature",
      header(SECRET, System.currentTimeMillis() / 1000, body.getBytes(StandardCharsets.UTF_8))
    };
  }

  /** Returns the value of the header {@code Payment-Signature}. */
  public static String header(String secret, long unixSeconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((unixSeconds + ".").getBytes(StandardCharsets.UTF_8));
      return "t=%d,v1=%s".formatted(unixSeconds, HexFormat.of().formatHex(mac.doFinal(body)));
    } catch (GeneralSecurityException cause) {
      throw new IllegalStateException(cause);
    }
  }
}
