package io.boxoffice.account.totp;

import io.boxoffice.account.factor.FactorMails;
import io.boxoffice.account.factor.SecondFactors;
import io.boxoffice.account.factor.SecondFactors.Check;
import io.boxoffice.account.password.HashingQueue;
import io.boxoffice.account.session.Reauthentication;
import io.boxoffice.account.session.SecurityEvents;
import io.boxoffice.account.session.SessionService;
import io.boxoffice.account.store.AccountDao;
import io.boxoffice.account.store.AccountRow;
import io.boxoffice.account.store.SecondFactorRow;
import io.boxoffice.mail.Mails;
import io.boxoffice.platform.auth.SignedIn;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Switches the second factor of an account on and off for its owner. Both end the other sessions,
 * which began with another proof than the next sign-in needs.
 */
public final class TotpService {
  private final Jdbi jdbi;
  private final SecondFactors factors;
  private final Reauthentication reauthentication;
  private final HashingQueue hashing;
  private final SessionService sessions;
  private final Mails mails;

  /** Uses the given factors, and the password of the account. */
  public TotpService(
      Jdbi jdbi,
      SecondFactors factors,
      Reauthentication reauthentication,
      HashingQueue hashing,
      SessionService sessions,
      Mails mails) {
    this.jdbi = jdbi;
    this.factors = factors;
    this.reauthentication = reauthentication;
    this.hashing = hashing;
    this.sessions = sessions;
    this.mails = mails;
  }

  /**
   * Creates a factor that does nothing until a code confirms it.
   *
   * @throws ProblemException 409 when the account has an active factor; 422 when the password is
   *     wrong; 503 when too many passwords are being checked
   */
  CompletionStage<PendingTotp> create(SignedIn caller, NewTotp request) {
    AccountRow account = account(caller);
    return hashing.submit(
        () -> {
          reauthentication.require("password", request.password(), account);
          return jdbi.inTransaction(
              handle -> {
                Reauthentication.lockUnchanged(handle, "password", account);
                return factors
                    .create(handle, account)
                    .map(PendingTotp::of)
                    .orElseThrow(TotpService::active);
              });
        });
  }

  /**
   * Makes the factor active.
   *
   * @throws ProblemException 404 when there is none; 409 when it is active; 422 when the code is
   *     not one of it; 429 when too many codes were wrong
   */
  RecoveryCodes confirm(SignedIn caller, TotpConfirmation request) {
    SecondFactorRow factor = factor(caller);
    if (factor.isActive()) {
      throw active();
    }
    factors.beginConfirmation(caller.account());
    List<String> codes =
        jdbi.inTransaction(handle -> confirm(handle, caller, factor, request.code()));
    factors.forgetFailures(caller.account());
    sessions.followEnded();
    return new RecoveryCodes(codes);
  }

  private List<String> confirm(
      Handle handle, SignedIn caller, SecondFactorRow factor, String code) {
    AccountRow account =
        handle.attach(AccountDao.class).lock(caller.account()).orElseThrow(TotpService::gone);
    List<String> codes = factors.confirm(handle, factor, code);
    if (codes.isEmpty()) {
      throw wrongCode(account);
    }
    sessions.endAll(handle, account.id(), caller.session());
    mails.send(handle, FactorMails.switchedOn(account.email()));
    SecurityEvents.log(handle, "second-factor-on", account.id(), caller.session());
    return codes;
  }

  /**
   * Deletes the factor. An active one needs a code too (OWASP ASVS 5.0, 7.5.1): a person who knows
   * only the password must not switch it off.
   *
   * @throws ProblemException 404 when there is none; 422 when the password or the code is wrong or
   *     missing; 429 when too many codes were wrong; 503 when too many passwords are being checked
   */
  CompletionStage<Void> delete(SignedIn caller, TotpRemoval request) {
    AccountRow account = account(caller);
    factor(caller);
    return hashing.submit(
        () -> {
          reauthentication.require("password", request.password(), account);
          factors.begin(account.id(), request.code());
          jdbi.useTransaction(handle -> delete(handle, caller, account, request.code()));
          factors.forgetFailures(account.id());
          sessions.followEnded();
          return null;
        });
  }

  private void delete(Handle handle, SignedIn caller, AccountRow account, String code) {
    Reauthentication.lockUnchanged(handle, "password", account);
    Check check = factors.check(handle, account.id(), code);
    if (check == Check.MISSING) {
      throw ProblemException.invalid("code", "is needed, because the second factor is active");
    }
    if (check == Check.WRONG) {
      throw wrongCode(account);
    }
    factors.delete(handle, account.id());
    if (check != Check.NOT_NEEDED) {
      sessions.endAll(handle, account.id(), caller.session());
      mails.send(handle, FactorMails.switchedOff(account.email()));
      SecurityEvents.log(handle, "second-factor-off", account.id(), caller.session());
    }
  }

  private AccountRow account(SignedIn caller) {
    return jdbi.withExtension(AccountDao.class, dao -> dao.find(caller.account()))
        .orElseThrow(TotpService::gone);
  }

  private SecondFactorRow factor(SignedIn caller) {
    return factors
        .find(caller.account())
        .orElseThrow(
            () -> ProblemException.of(ProblemCode.NOT_FOUND, "Your account has no second factor."));
  }

  private static ProblemException gone() {
    return ProblemException.of(ProblemCode.NOT_FOUND, "Your account was deleted.");
  }

  private static ProblemException active() {
    return ProblemException.of(
        ProblemCode.SECOND_FACTOR_ACTIVE, "Switch the second factor off before a new one.");
  }

  private static ProblemException wrongCode(AccountRow account) {
    SecurityEvents.log("second-factor-failed", account.id());
    return ProblemException.of(
        ProblemCode.CODE_NOT_VALID, "The code is wrong, was used, or has expired.");
  }
}
