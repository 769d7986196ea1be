package io.boxoffice.account.address;

import io.boxoffice.account.password.HashingQueue;
import io.boxoffice.account.session.Reauthentication;
import io.boxoffice.account.session.SecurityEvents;
import io.boxoffice.account.session.SessionService;
import io.boxoffice.account.store.AccountDao;
import io.boxoffice.account.store.AccountRow;
import io.boxoffice.account.store.Address;
import io.boxoffice.account.store.AddressChangeDao;
import io.boxoffice.account.store.AddressChangeRow;
import io.boxoffice.account.store.OneTimeCode;
import io.boxoffice.mail.Mails;
import io.boxoffice.platform.auth.SignedIn;
import io.boxoffice.platform.database.SqlState;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Changes the mail address of an account. The password starts the change, so that a stolen access
 * token cannot; a code in a mail to the new address ends it, so that an address belongs to the one
 * who reads its mails. Every transaction locks the account first, so that none waits for another in
 * a circle.
 */
public final class AddressService {
  private final Jdbi jdbi;
  private final Clock clock;
  private final SecureRandom random;
  private final Duration codeLifetime;
  private final Mails mails;
  private final AddressMails texts;
  private final Reauthentication reauthentication;
  private final HashingQueue hashing;
  private final SessionService sessions;

  AddressService(
      Jdbi jdbi,
      Clock clock,
      SecureRandom random,
      Duration codeLifetime,
      Mails mails,
      Reauthentication reauthentication,
      HashingQueue hashing,
      SessionService sessions) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.random = random;
    this.codeLifetime = codeLifetime;
    this.mails = mails;
    this.texts = new AddressMails(codeLifetime);
    this.reauthentication = reauthentication;
    this.hashing = hashing;
    this.sessions = sessions;
  }

  /**
   * Sends a code to the new address and a warning to the present one. Whether the new address has
   * an account shows in its mail only: both ways read one row, and write one code and two mails.
   *
   * @throws ProblemException 422 when the password is wrong; 503 when too many passwords are being
   *     checked
   */
  CompletionStage<Void> request(SignedIn caller, NewAddress request) {
    Address address = Address.of(request.email());
    AccountRow account =
        jdbi.withExtension(AccountDao.class, dao -> dao.find(caller.account()))
            .orElseThrow(AddressService::noAccount);
    return hashing.submit(
        () -> {
          reauthentication.require("password", request.password(), account);
          jdbi.useTransaction(handle -> store(handle, account, address));
          SecurityEvents.log("address-change-requested", account.id(), caller.session());
          return null;
        });
  }

  private void store(Handle handle, AccountRow account, Address address) {
    Reauthentication.lockUnchanged(handle, "password", account);
    OneTimeCode code = OneTimeCode.random(random);
    Optional<AccountRow> another =
        handle
            .attach(AccountDao.class)
            .findByEmail(address.key())
            .filter(found -> !found.id().equals(account.id()));
    handle
        .attach(AddressChangeDao.class)
        .put(
            new AddressChangeRow(
                account.id(),
                code.hash(),
                address.text(),
                address.key(),
                clock.instant().plus(codeLifetime).truncatedTo(ChronoUnit.MICROS)));
    mails.send(
        handle,
        another
            .map(known -> texts.inUse(known.email()))
            .orElseGet(() -> texts.confirmation(address.text(), code.text())));
    mails.send(handle, texts.requested(account.email()));
  }

  /**
   * Gives the account its new address and ends its other sessions. An address that got an account
   * in the meantime is answered like a wrong code.
   *
   * @throws ProblemException 422 when the code is wrong, used, expired, of another account, or
   *     older than the password
   */
  void confirm(SignedIn caller, AddressConfirmation confirmation) {
    String hash = new OneTimeCode(confirmation.code()).hash();
    try {
      jdbi.useTransaction(handle -> change(handle, caller, hash));
    } catch (UnableToExecuteStatementException failure) {
      if (SqlState.of(failure).isDuplicate()) {
        throw OneTimeCode.notValid();
      }
      throw failure;
    }
    sessions.followEnded();
    SecurityEvents.log("address-changed", caller.account(), caller.session());
  }

  private void change(Handle handle, SignedIn caller, String hash) {
    AccountDao accounts = handle.attach(AccountDao.class);
    AccountRow account = accounts.lock(caller.account()).orElseThrow(AddressService::noAccount);
    AddressChangeRow change =
        handle
            .attach(AddressChangeDao.class)
            .take(account.id(), hash, clock.instant())
            .orElseThrow(OneTimeCode::notValid);
    accounts.setEmail(account.id(), change.email(), change.emailKey());
    sessions.endAll(handle, account.id(), caller.session());
    mails.send(handle, texts.changed(account.email()));
  }

  /** Deletes the changes whose codes have expired. */
  void deleteExpired() {
    jdbi.useExtension(AddressChangeDao.class, dao -> dao.deleteExpired(clock.instant()));
  }

  private static ProblemException noAccount() {
    return ProblemException.of(ProblemCode.NOT_FOUND, "The account is deleted.");
  }
}
