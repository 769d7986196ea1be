package io.boxoffice.account.session;

import io.boxoffice.account.factor.FactorMails;
import io.boxoffice.account.factor.SecondFactors;
import io.boxoffice.account.factor.SecondFactors.Check;
import io.boxoffice.account.password.HashingQueue;
import io.boxoffice.account.password.PasswordHasher;
import io.boxoffice.account.session.SignInMetrics.Method;
import io.boxoffice.account.session.SignInMetrics.Outcome;
import io.boxoffice.account.store.AccountDao;
import io.boxoffice.account.store.AccountRow;
import io.boxoffice.account.store.Address;
import io.boxoffice.account.store.SessionRow;
import io.boxoffice.mail.Mails;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.limit.AddressPartition;
import io.boxoffice.platform.limit.GrowingDelay;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Signs people in with a password and, where the account has one, a second factor. It makes guesses
 * of both slow.
 */
public final class SignInService {
  private final Jdbi jdbi;
  private final HashingQueue hashing;
  private final PasswordHasher hasher;
  private final SessionService sessions;
  private final SecondFactors factors;
  private final Mails mails;
  private final GrowingDelay delay;
  private final SignInMetrics metrics;

  /** What the check of a code gave, with the new session if it passed. */
  private record Entry(Check check, Optional<SessionRow> session) {}

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
      SecondFactors factors,
      Mails mails,
      GrowingDelay delay,
      SignInMetrics metrics) {
    this.jdbi = jdbi;
    this.hashing = hashing;
    this.hasher = hasher;
    this.sessions = sessions;
    this.factors = factors;
    this.mails = mails;
    this.delay = delay;
    this.metrics = metrics;
  }

  /**
   * Signs a person in with a new session. An unknown address costs as much as a wrong password and
   * gets the same answer.
   *
   * @param client the numeric address of the client
   * @throws ProblemException 401 when the address, the password or the code is wrong, or the code
   *     is missing; 429 when too many attempts have failed; 503 when too many passwords are being
   *     checked
   */
  CompletionStage<Tokens> signIn(SignIn request, String client) {
    Address address = Address.of(request.email());
    String attempt = address.key() + '\n' + AddressPartition.network(client);
    // First, because a flood would cost the database two statements for each request.
    counted(
        Outcome.OVERLOADED,
        () -> {
          hashing.requireRoom();
          return null;
        });
    counted(Outcome.DELAYED, () -> delay.begin(attempt));
    try {
      return counted(
          Outcome.OVERLOADED, () -> hashing.submit(() -> signIn(request, address, attempt)));
    } catch (ProblemException full) {
      delay.takeBack(attempt);
      throw full;
    }
  }

  private Tokens signIn(SignIn request, Address address, String attempt) {
    Optional<AccountRow> account =
        jdbi.withExtension(AccountDao.class, dao -> dao.findByEmail(address.key()));
    if (!hasher.matches(request.password(), account.map(AccountRow::passwordHash).orElse(null))) {
      account.ifPresentOrElse(
          known -> SecurityEvents.log("sign-in-failed", known.id()),
          () -> SecurityEvents.log("sign-in-to-unknown-address"));
      throw failed();
    }
    delay.forget(attempt);
    return enter(account.orElseThrow(), request.code());
  }

  /** Checks the second factor of a person whose password was right. */
  private Tokens enter(AccountRow account, String code) {
    int failures = counted(Outcome.DELAYED, () -> factors.begin(account.id(), code));
    Entry entry = jdbi.inTransaction(handle -> enter(handle, account, code));
    if (entry.check() == Check.APP_CODE) {
      factors.forgetFailures(account.id());
    }
    if (entry.check() == Check.MISSING) {
      metrics.count(Method.PASSWORD, Outcome.CODE_REQUIRED);
      throw ProblemException.of(
          ProblemCode.SECOND_FACTOR_REQUIRED,
          "Send the request again with a code of your authenticator app, or a recovery code.");
    }
    if (entry.check() == Check.WRONG) {
      SecurityEvents.log("second-factor-failed", account.id());
      if (failures == SecondFactors.FAILURES_WITHOUT_DELAY) {
        jdbi.useTransaction(handle -> mails.send(handle, FactorMails.wrongCodes(account.email())));
      }
    }
    SessionRow session = entry.session().orElseThrow(this::failed);
    metrics.count(Method.PASSWORD, Outcome.GRANTED);
    return sessions.firstTokens(account, session);
  }

  private Entry enter(Handle handle, AccountRow account, String code) {
    // A change of the factor waits for this session and ends it, or this check sees the change.
    handle.attach(AccountDao.class).lock(account.id());
    Check check = factors.check(handle, account.id(), code);
    if (check == Check.RECOVERY_CODE) {
      int left = factors.recoveryCodesLeft(handle, account.id());
      mails.send(handle, FactorMails.recoveryCodeUsed(account.email(), left));
      SecurityEvents.log(handle, "recovery-code-used", account.id());
    }
    return new Entry(check, check.passed() ? sessions.start(handle, account) : Optional.empty());
  }

  private <T> T counted(Outcome refused, Supplier<T> work) {
    try {
      return work.get();
    } catch (ProblemException refusal) {
      metrics.count(Method.PASSWORD, refused);
      throw refusal;
    }
  }

  private ProblemException failed() {
    metrics.count(Method.PASSWORD, Outcome.FAILED);
    return ProblemException.of(
        ProblemCode.SIGN_IN_FAILED, "The address, the password or the code is wrong.");
  }
}
