package io.boxoffice.account.totp;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * Represents the recovery codes of a second factor. The service shows them once.
 *
 * @param recoveryCodes each replaces a code of the app, once
 */
@Schema(requiredProperties = "recoveryCodes")
public record RecoveryCodes(List<String> recoveryCodes) {

  /** Hides the codes, so that no log can contain them. */
  @Override
  public String toString() {
    return "RecoveryCodes";
  }
}
