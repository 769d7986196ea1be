package io.boxoffice.account;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.account.password.HashingQueue;
import io.boxoffice.account.password.PasswordHasher;
import io.boxoffice.account.password.PasswordRules;
import io.boxoffice.account.session.SecurityEvents;
import io.boxoffice.account.session.SessionService;
import io.boxoffice.account.store.AccountDao;
import io.boxoffice.account.store.AccountRow;
import io.boxoffice.account.store.Address;
import io.boxoffice.account.store.CodeRow;
import io.boxoffice.account.store.CodeRow.Purpose;
import io.boxoffice.account.store.OneTimeCode;
import io.boxoffice.account.store.Role;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.mail.Mails;
import io.boxoffice.mail.NewMail;
import io.boxoffice.partner.FollowUps;
import io.boxoffice.platform.error.ProblemException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Registers accounts and resets passwords, both by a code that a mail brings. The password is
 * chosen with the code, by the reader of the mail. So a client cannot register the address of
 * another person with a password that both of them know.
 */
public final class RegistrationService {
  private final Jdbi jdbi;
  private final Clock clock;
  private final NoArgGenerator ids;
  private final Outbox outbox;
  private final FollowUps followUps;
  private final Mails mails;
  private final AccountMails texts;
  private final OneTimeCodes codes;
  private final PasswordRules rules;
  private final PasswordHasher hasher;
  private final HashingQueue hashing;
  private final SessionService sessions;

  RegistrationService(
      Jdbi jdbi,
      Clock clock,
      NoArgGenerator ids,
      Outbox outbox,
      FollowUps followUps,
      Mails mails,
      AccountMails texts,
      OneTimeCodes codes,
      PasswordRules rules,
      PasswordHasher hasher,
      HashingQueue hashing,
      SessionService sessions) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.ids = ids;
    this.outbox = outbox;
    this.followUps = followUps;
    this.mails = mails;
    this.texts = texts;
    this.codes = codes;
    this.rules = rules;
    this.hasher = hasher;
    this.hashing = hashing;
    this.sessions = sessions;
  }

  /**
   * Sends the code of a registration. Whether the address has an account shows in the mail only:
   * both ways read one row, and write one code and one mail.
   */
  void register(Recipient request) {
    send(request, texts::alreadyRegistered, texts::verification);
  }

  /** Sends the code of a password reset, in the same way. */
  void requestReset(Recipient request) {
    send(request, texts::passwordReset, texts::notRegistered);
  }

  private void send(
      Recipient request,
      BiFunction<String, String, NewMail> toKnown,
      BiFunction<String, String, NewMail> toUnknown) {
    Address address = Address.of(request.email());
    jdbi.useTransaction(
        handle -> {
          Optional<AccountRow> known = handle.attach(AccountDao.class).findByEmail(address.key());
          Purpose purpose = known.isPresent() ? Purpose.PASSWORD_RESET : Purpose.VERIFICATION;
          String code = codes.create(handle, purpose, address);
          mails.send(
              handle,
              known.isPresent()
                  ? toKnown.apply(known.get().email(), code)
                  : toUnknown.apply(address.text(), code));
        });
  }

  /**
   * Creates the account of the address that the code was sent to.
   *
   * @throws ProblemException 422 when the code is wrong, used or expired, or the password is not
   *     allowed, which leaves the code valid; 503 when too many passwords are being hashed
   */
  CompletionStage<Account> verify(NewPassword request) {
    CodeRow code = codes.find(jdbi, Purpose.VERIFICATION, request.code());
    rules.require("password", request.password(), code.email());
    return followUps
        .after(
            hashing.submit(
                () -> {
                  String hash = hasher.hash(request.password());
                  return jdbi.inTransaction(handle -> create(handle, code, hash));
                }),
            created -> List.of(created.event()))
        .thenApply(created -> Account.of(created.account()));
  }

  /** A new account, and the event that says so. */
  private record Created(AccountRow account, Event event) {}

  private Created create(Handle handle, CodeRow code, String passwordHash) {
    codes.use(handle, code);
    AccountRow account =
        new AccountRow(
            ids.generate(),
            code.email(),
            code.emailKey(),
            null,
            Role.BUYER,
            passwordHash,
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    if (handle.attach(AccountDao.class).insert(account) == 0) {
      throw OneTimeCode.notValid(); // Another code of this address was used at the same time.
    }
    Event event =
        outbox.add(
            handle,
            EventType.ACCOUNT_REGISTERED,
            account.id(),
            account.id(),
            account.createdAt(),
            Map.of("by", "password"));
    SecurityEvents.log(handle, "account-created", account.id());
    return new Created(account, event);
  }

  /**
   * Sets another password for the account of the address that the code was sent to, and ends its
   * sessions.
   *
   * @throws ProblemException as {@link #verify}
   */
  CompletionStage<Void> reset(NewPassword request) {
    CodeRow code = codes.find(jdbi, Purpose.PASSWORD_RESET, request.code());
    rules.require("password", request.password(), code.email());
    return hashing.submit(
        () -> {
          String hash = hasher.hash(request.password());
          jdbi.useTransaction(handle -> setPassword(handle, code, hash));
          sessions.followEnded();
          return null;
        });
  }

  private void setPassword(Handle handle, CodeRow code, String passwordHash) {
    codes.use(handle, code);
    AccountDao dao = handle.attach(AccountDao.class);
    AccountRow account = dao.lockByEmail(code.emailKey()).orElseThrow(OneTimeCode::notValid);
    dao.setPassword(account.id(), passwordHash);
    sessions.endAll(handle, account.id(), null);
    mails.send(handle, texts.passwordChanged(account.email()));
    SecurityEvents.log(handle, "password-reset", account.id());
  }
}
