package io.boxoffice.platform.http.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads addresses of other services that secrets may be sent to. */
public final class SecureAddress {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** One label that begins with a letter, because digits alone are an IPv4 address. */
  private static final String LABEL = "[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?";

  /**
   * A name that no public name server resolves: a single label, or a Kubernetes service with its
   * namespace.
   */
  private static final Pattern INTERNAL =
      Pattern.compile(LABEL + "(?:\\." + LABEL + "\\.svc(?:\\.cluster\\.local)?)?");

  private SecureAddress() {}

  /**
   * Returns the address, or empty if it is neither HTTPS nor HTTP to this machine (RFC 8252,
   * section 8.3).
   */
  public static Optional<URI> parse(String text) {
    return parse(text, LOOPBACK::contains);
  }

  /**
   * Returns the address as {@link #parse}; HTTP to a name of the cluster's own network is also
   * accepted, because such traffic does not leave it.
   */
  public static Optional<URI> parseWithCluster(String text) {
    return parse(text, host -> LOOPBACK.contains(host) || INTERNAL.matcher(host).matches());
  }

  private static Optional<URI> parse(String text, Predicate<String> isPlainHttpSafe) {
    try {
      URI address = new URI(text);
      return address.getHost() != null
              && ("https".equals(address.getScheme())
                  || ("http".equals(address.getScheme())
                      && isPlainHttpSafe.test(address.getHost())))
              && address.getRawUserInfo() == null
              && address.getRawFragment() == null
          ? Optional.of(address)
          : Optional.empty();
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }
}
