package io.boxoffice.account.totp;

import io.boxoffice.account.factor.SecondFactors.Pending;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Represents a second factor that a code must confirm.
 *
 * @param secret for apps in which it is typed
 * @param uri for apps that read it from a QR code (Key URI Format)
 */
@Schema(requiredProperties = {"state", "secret", "uri"})
public record PendingTotp(
    State state,
    @Schema(example = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP") String secret,
    @Schema(
            example =
                "otpauth://totp/Box%20Office:ada%40example.com"
                    + "?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Box%20Office"
                    + "&algorithm=SHA1&digits=6&period=30")
        String uri) {

  /** Whether sign-in needs a code. */
  public enum State {
    PENDING
  }

  static PendingTotp of(Pending pending) {
    return new PendingTotp(State.PENDING, pending.secret(), pending.uri());
  }

  /** Hides the secret, so that no log can contain it. */
  @Override
  public String toString() {
    return "PendingTotp";
  }
}
