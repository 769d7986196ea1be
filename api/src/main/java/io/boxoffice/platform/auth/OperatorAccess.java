package io.boxoffice.platform.auth;

import com.google.common.base.Strings;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Decides whether a call is from an operator. If a token is set, the call must carry it. If none is
 * set, the call must come from this machine, and its Host and Origin headers must name a loopback
 * address: a web page in a local browser can also reach a loopback port.
 */
public final class OperatorAccess {
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

    /** Returns the bearer token (RFC 6750, section 2.1), or the empty text if there is none. */
    String bearerToken() {
      return OperatorAccess.bearerToken(authorization);
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

  private final SharedToken expected;

  /** Requires the given token; a blank one restricts operator calls to loopback. */
  public OperatorAccess(String token) {
    this.expected = new SharedToken(token);
  }

  /**
   * Checks one call; the result is empty for a wrong token.
   *
   * @throws ProblemException 403 when operator calls are accepted on loopback only
   */
  Optional<Caller> authenticate(Call call) {
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
    if (!expected.isSet()) {
      return call.peerIsLoopback()
              && !call.forwarded()
              && namesLoopback(call.host())
              && (call.origin() == null || namesLoopback(authorityOf(call.origin())))
          ? Decision.GRANTED
          : Decision.FORBIDDEN;
    }
    return accepts(call.bearerToken()) ? Decision.GRANTED : Decision.UNAUTHORIZED;
  }

  /** Whether this is the operators' token; false if none is set. */
  boolean accepts(String token) {
    return expected.accepts(token);
  }

  /** Returns the token of an Authorization header, which may be null; empty without one. */
  static String bearerToken(String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        ? authorization.substring(7).strip()
        : "";
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
}
