package io.boxoffice.account.oidc.provider;

import java.io.IOException;

/**
 * Says why the identity provider could not be used: it did not answer in time, or not as the
 * protocol requires. The message continues a sentence that begins with the provider, for the log;
 * it contains no code, token or secret.
 */
final class ProviderException extends IOException {
  private static final long serialVersionUID = 1L;

  ProviderException(String message) {
    super(message);
  }

  ProviderException(String message, Throwable cause) {
    super(message, cause);
  }
}
