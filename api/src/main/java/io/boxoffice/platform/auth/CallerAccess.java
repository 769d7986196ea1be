package io.boxoffice.platform.auth;

import io.boxoffice.platform.auth.OperatorAccess.Call;
import io.boxoffice.platform.auth.OperatorAccess.Decision;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.dropwizard.auth.Authenticator;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds out the caller of a call: a person with an access token, a gate's device with its token, or
 * an operator as {@link OperatorAccess} decides. An access token that is not valid is rejected,
 * also from this machine.
 */
public final class CallerAccess implements Authenticator<Call, Caller> {
  private final OperatorAccess operators;
  private final SharedToken gates;
  private final SessionTokens sessions;

  /** Accepts operators by the first rules and access tokens by the second ones, and no gates. */
  public CallerAccess(OperatorAccess operators, SessionTokens sessions) {
    this(operators, new SharedToken(""), sessions);
  }

  /**
   * Accepts operators and access tokens by their rules.
   *
   * @param gates the token of the gates' devices
   */
  public CallerAccess(OperatorAccess operators, SharedToken gates, SessionTokens sessions) {
    this.operators = operators;
    this.gates = gates;
    this.sessions = sessions;
  }

  /**
   * Checks one call; the result is empty for a wrong token.
   *
   * @throws ProblemException 403 when operator calls are accepted on loopback only
   */
  @Override
  public Optional<Caller> authenticate(Call call) {
    String token = call.bearerToken();
    if (isAccessToken(token)) {
      return sessions.verify(token).map(Caller.class::cast);
    }
    return gates.accepts(token) ? Optional.of(new GateDevice()) : operators.authenticate(call);
  }

  /**
   * Returns the caller of a call that needs none; empty without a bearer token.
   *
   * @param authorization the Authorization header, or null
   * @throws ProblemException 401 for a token that is not valid
   */
  public Optional<Caller> named(String authorization) {
    String token = OperatorAccess.bearerToken(authorization);
    if (token.isEmpty()) {
      return Optional.empty();
    }
    // An access token comes first, because purchases have it, and a digest of its length costs
    // time.
    Optional<Caller> person =
        isJwt(token) ? sessions.verify(token).map(Caller.class::cast) : Optional.empty();
    if (person.isPresent()) {
      return person;
    }
    if (operators.accepts(token)) {
      return Optional.of(new Operator());
    }
    if (gates.accepts(token)) {
      return Optional.of(new GateDevice());
    }
    throw unauthorized();
  }

  /** Returns the answer to a call without a valid token. */
  static ProblemException unauthorized() {
    return ProblemException.of(
        ProblemCode.UNAUTHORIZED, "This call needs a bearer token that is valid now.");
  }

  /** Whether the call is from an operator; this never throws. */
  public boolean isOperator(Call call) {
    String token = call.bearerToken();
    return isAccessToken(token)
        ? sessions.verify(token).filter(SignedIn::operator).isPresent()
        : operators.decide(call) == Decision.GRANTED;
  }

  /** Whether the call is from a gate's device or an operator; this never throws. */
  public boolean mayScan(Call call) {
    return gates.accepts(call.bearerToken()) || isOperator(call);
  }

  /** Whether an Authorization header, or null, carries the operators' token. */
  public boolean isOperatorsToken(String authorization) {
    return operators.accepts(OperatorAccess.bearerToken(authorization));
  }

  /** Returns the account of an Authorization header, or empty without a valid access token. */
  public Optional<UUID> account(String authorization) {
    String token = OperatorAccess.bearerToken(authorization);
    return isAccessToken(token)
        ? sessions.verify(token).map(SignedIn::accountId)
        : Optional.empty();
  }

  /** Whether it must be checked as an access token, because it has the form and is no other. */
  private boolean isAccessToken(String token) {
    return isJwt(token) && !operators.accepts(token) && !gates.accepts(token);
  }

  /** Three parts with a dot between them (RFC 7515, section 7.1). */
  private static boolean isJwt(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    return first >= 0 && second >= 0 && token.indexOf('.', second + 1) < 0;
  }
}
