package io.boxoffice.account.oidc.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * Reads addresses that codes and tokens may be sent to: HTTPS, or HTTP to this machine (RFC 8252,
 * section 8.3).
 */
public final class SecureAddress {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private SecureAddress() {}

  /** Returns the address, or empty if the text is another one. */
  public static Optional<URI> parse(String text) {
    try {
      URI address = new URI(text);
      boolean isSecure =
          "https".equals(address.getScheme())
              || ("http".equals(address.getScheme()) && isLoopback(address));
      return isSecure
              && address.getHost() != null
              && address.getRawUserInfo() == null
              && address.getRawFragment() == null
          ? Optional.of(address)
          : Optional.empty();
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }

  private static boolean isLoopback(URI address) {
    return address.getHost() != null && LOOPBACK.contains(address.getHost());
  }
}
