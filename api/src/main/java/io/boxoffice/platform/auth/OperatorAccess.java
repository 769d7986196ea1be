package io.boxoffice.platform.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Decides whether a call is the operator's. With a token, whoever shows it is. Without one, whoever
 * calls from this machine and means this machine is: a web page that a browser here has open could
 * reach a loopback port too, so the names in Host and Origin must be loopback's as well.
 */
public final class OperatorAccess {
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  /** What was decided. */
  public enum Decision {
    GRANTED,
    /** No token, or a wrong one: 401. */
    UNAUTHORIZED,
    /** Open on loopback only, and this call is not from there: 403. */
    FORBIDDEN
  }

  /**
   * What a decision needs to know of a call.
   *
   * @param authorization the Authorization header, or null
   * @param peerIsLoopback whether the other end of the connection is this machine
   * @param host the Host header, or null
   * @param origin the Origin header, or null
   * @param forwarded whether a proxy says that it passed the call on
   */
  public record Call(
      String authorization, boolean peerIsLoopback, String host, String origin, boolean forwarded) {

    /**
     * Reads a call from its headers.
     *
     * @param header gives a header by its name, or null
     */
    public static Call of(UnaryOperator<String> header, boolean peerIsLoopback) {
      return new Call(
          header.apply("Authorization"),
          peerIsLoopback,
          header.apply("Host"),
          header.apply("Origin"),
          header.apply("X-Forwarded-For") != null || header.apply("Forwarded") != null);
    }
  }

  private final byte[] expectedDigest;

  /** Guards with the given token; a blank one means open to loopback. */
  public OperatorAccess(String token) {
    this.expectedDigest = token.isBlank() ? null : digest(token.strip());
  }

  /** Whether operator calls need no token. */
  public boolean isOpenToLoopback() {
    return expectedDigest == null;
  }

  /** Decides one call. Takes the same time for every wrong token. */
  public Decision decide(Call call) {
    if (expectedDigest == null) {
      return call.peerIsLoopback()
              && !call.forwarded()
              && namesLoopback(call.host())
              && (call.origin() == null || namesLoopback(authorityOf(call.origin())))
          ? Decision.GRANTED
          : Decision.FORBIDDEN;
    }
    String authorization = call.authorization() == null ? "" : call.authorization();
    boolean bearer = authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    byte[] shown = digest(bearer ? authorization.substring(7).strip() : "");
    return MessageDigest.isEqual(shown, expectedDigest) ? Decision.GRANTED : Decision.UNAUTHORIZED;
  }

  private static boolean namesLoopback(String authority) {
    return authority != null
        && LOOPBACK_NAMES.contains(
            authority.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}$", ""));
  }

  private static String authorityOf(String origin) {
    try {
      return new URI(origin).getRawAuthority();
    } catch (URISyntaxException notAnOrigin) {
      return null;
    }
  }

  /** Digests have one length, so that comparing them tells nothing of the token's. */
  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
