package io.boxoffice.account.session;

import io.boxoffice.account.password.HashingQueue;
import io.boxoffice.account.password.PasswordHasher;
import io.boxoffice.account.session.SignInMetrics.Outcome;
import io.boxoffice.account.store.AccountDao;
import io.boxoffice.account.store.AccountRow;
import io.boxoffice.account.store.Address;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.limit.AddressPartition;
import io.boxoffice.platform.limit.GrowingDelay;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Jdbi;

/** Signs people in with their passwords, and makes guesses slow. */
public final class SignInService {
  private final Jdbi jdbi;
  private final HashingQueue hashing;
  private final PasswordHasher hasher;
  private final SessionService sessions;
  private final GrowingDelay delay;
  private final SignInMetrics metrics;

  /**
   * Creates the service.
   *
   * @param delay of failures of one address from one network, so that others cannot cause it
   */
  public SignInService(
      Jdbi jdbi,
      HashingQueue hashing,
      PasswordHasher hasher,
      SessionService sessions,
      GrowingDelay delay,
      SignInMetrics metrics) {
    this.jdbi = jdbi;
    this.hashing = hashing;
    this.hasher = hasher;
    this.sessions = sessions;
    this.delay = delay;
    this.metrics = metrics;
  }

  /**
   * Signs a person in with a new session. An unknown address costs as much as a wrong password and
   * gets the same answer.
   *
   * @param client the numeric address of the client
   * @throws ProblemException 401 when the address or the password is wrong; 429 when too many
   *     attempts from the client's network have failed; 503 when too many passwords are being
   *     checked
   */
  CompletionStage<Tokens> signIn(SignIn request, String client) {
    Address address = Address.of(request.email());
    String attempt = address.key() + '\n' + AddressPartition.network(client);
    try {
      delay.begin(attempt);
    } catch (ProblemException tooEarly) {
      metrics.count(Outcome.DELAYED);
      throw tooEarly;
    }
    try {
      return hashing.submit(() -> signIn(address, request.password(), attempt));
    } catch (ProblemException full) {
      delay.takeBack(attempt);
      metrics.count(Outcome.OVERLOADED);
      throw full;
    }
  }

  private Tokens signIn(Address address, String password, String attempt) {
    Optional<AccountRow> account =
        jdbi.withExtension(AccountDao.class, dao -> dao.findByEmail(address.key()));
    if (!hasher.matches(password, account.map(AccountRow::passwordHash).orElse(null))) {
      account.ifPresentOrElse(
          known -> SecurityEvents.log("sign-in-failed", known.id()),
          () -> SecurityEvents.log("sign-in-to-unknown-address"));
      metrics.count(Outcome.FAILED);
      throw failed();
    }
    delay.forget(attempt);
    Tokens tokens = sessions.start(account.orElseThrow(), handle -> {});
    metrics.count(Outcome.GRANTED);
    return tokens;
  }

  static ProblemException failed() {
    return ProblemException.of(
        ProblemCode.SIGN_IN_FAILED, "No account has this address and password.");
  }
}
