package io.boxoffice.platform.auth;

import com.google.common.base.Strings;
import com.google.common.hash.Hashing;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.dropwizard.auth.Authenticator;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Decides whether a call is from an operator. If a token is set, the call must carry it. If none is
 * set, the call must come from this machine, and its Host and Origin headers must name a loopback
 * address: a web page in a local browser can also reach a loopback port.
 */
public final class OperatorAccess implements Authenticator<OperatorAccess.Call, Operator> {
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  /** The result of the check. */
  public enum Decision {
    GRANTED,
    /** No token, or a wrong one: 401. */
    UNAUTHORIZED,
    /** Operator calls are accepted on loopback only, and this call is from elsewhere: 403. */
    FORBIDDEN
  }

  /**
   * The parts of a call that the check needs.
   *
   * @param authorization the Authorization header, or null
   * @param peerIsLoopback whether the other end of the connection is this machine
   * @param host the Host header, or null
   * @param origin the Origin header, or null
   * @param forwarded whether a header shows that a proxy forwarded the call
   */
  public record Call(
      String authorization, boolean peerIsLoopback, String host, String origin, boolean forwarded) {

    /**
     * Reads a call from its headers.
     *
     * @param header returns a header by its name, or null
     * @param peer the numeric address of the other end of the connection
     */
    public static Call of(UnaryOperator<String> header, String peer) {
      return new Call(
          header.apply("Authorization"),
          isLoopback(peer),
          header.apply("Host"),
          header.apply("Origin"),
          header.apply("X-Forwarded-For") != null || header.apply("Forwarded") != null);
    }

    private static boolean isLoopback(String address) {
      try {
        // Java reads a missing or empty address as loopback.
        return !Strings.isNullOrEmpty(address)
            && InetAddress.getByName(address).isLoopbackAddress();
      } catch (UnknownHostException notAnAddress) {
        return false;
      }
    }
  }

  private final byte[] expectedDigest;

  /** Requires the given token; a blank one restricts operator calls to loopback. */
  public OperatorAccess(String token) {
    this.expectedDigest = token.isBlank() ? null : digest(token.strip());
  }

  /**
   * Checks one call for the filter of operator calls; the result is empty for a wrong token.
   *
   * @throws ProblemException 403 when operator calls are accepted on loopback only
   */
  @Override
  public Optional<Operator> authenticate(Call call) {
    return switch (decide(call)) {
      case GRANTED -> Optional.of(new Operator());
      case UNAUTHORIZED -> Optional.empty();
      case FORBIDDEN ->
          throw ProblemException.of(
              ProblemCode.FORBIDDEN,
              "Without OPERATOR_TOKEN, operator calls are taken from this machine only, at a"
                  + " loopback address such as http://localhost.");
    };
  }

  /** Checks one call. The check takes the same time for every wrong token. */
  public Decision decide(Call call) {
    if (expectedDigest == null) {
      return call.peerIsLoopback()
              && !call.forwarded()
              && namesLoopback(call.host())
              && (call.origin() == null || namesLoopback(authorityOf(call.origin())))
          ? Decision.GRANTED
          : Decision.FORBIDDEN;
    }
    return hasToken(call.authorization()) ? Decision.GRANTED : Decision.UNAUTHORIZED;
  }

  /**
   * Returns whether an Authorization header carries the token; never if none is set. It takes the
   * same time for every wrong token.
   *
   * @param authorization the header, or null
   */
  public boolean hasToken(String authorization) {
    if (expectedDigest == null || authorization == null) {
      return false;
    }
    boolean bearer = authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    byte[] received = digest(bearer ? authorization.substring(7).strip() : "");
    return MessageDigest.isEqual(received, expectedDigest);
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

  /**
   * Hashes the token. All digests have the same length, so a comparison reveals nothing about the
   * token's length.
   */
  private static byte[] digest(String token) {
    return Hashing.sha256().hashString(token, StandardCharsets.UTF_8).asBytes();
  }
}
