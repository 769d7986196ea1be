package io.boxoffice.account.oidc;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.account.oidc.provider.VerifiedIdentity;
import io.boxoffice.account.session.Reauthentication;
import io.boxoffice.account.session.SecurityEvents;
import io.boxoffice.account.session.SessionService;
import io.boxoffice.account.session.Tokens;
import io.boxoffice.account.store.AccountDao;
import io.boxoffice.account.store.AccountRow;
import io.boxoffice.account.store.Address;
import io.boxoffice.account.store.IdentityDao;
import io.boxoffice.account.store.IdentityRow;
import io.boxoffice.account.store.Role;
import io.boxoffice.account.store.SessionRow;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.mail.Mails;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Decides which account an identity opens. An identity opens the account that it is linked to. A
 * new one creates an account, if the provider says that the address is the person's and the address
 * has no account. It never opens an account because of its address alone: the provider could be
 * wrong about the address, or give it to another person later.
 */
final class IdentityAccounts {
  private final Jdbi jdbi;
  private final Clock clock;
  private final NoArgGenerator ids;
  private final Outbox outbox;
  private final Mails mails;
  private final SessionService sessions;
  private final Predicate<String> isAddress;

  IdentityAccounts(
      Jdbi jdbi,
      Clock clock,
      NoArgGenerator ids,
      Outbox outbox,
      Mails mails,
      SessionService sessions,
      Predicate<String> isAddress) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.ids = ids;
    this.outbox = outbox;
    this.mails = mails;
    this.sessions = sessions;
    this.isAddress = isAddress;
  }

  /**
   * Starts a session of the account that an identity opens, and creates the account if the identity
   * is new.
   *
   * @throws ProblemException 409 when the identity is new and its address is not verified or has an
   *     account
   */
  Entry signIn(VerifiedIdentity identity) {
    Opened opened = jdbi.inTransaction(handle -> enter(handle, identity));
    return new Entry(
        sessions.firstTokens(opened.account(), opened.session()), List.copyOf(opened.events()));
  }

  /**
   * What a sign-in gives.
   *
   * @param events the event of a new account; else none
   */
  record Entry(Tokens tokens, List<Event> events) {}

  /** The account that an identity opens, and its new session. */
  private record Opened(AccountRow account, SessionRow session, List<Event> events) {}

  private Opened enter(Handle handle, VerifiedIdentity identity) {
    List<Event> events = new ArrayList<>();
    AccountRow account =
        lockAccountOf(handle, identity).orElseGet(() -> create(handle, identity, events));
    return new Opened(
        account,
        sessions
            .start(handle, account)
            .orElseThrow(() -> new IllegalStateException("a locked account has changed")),
        events);
  }

  /**
   * Finds the account of an identity and locks it. The second read follows the lock, because the
   * transaction that held it may have removed the identity.
   */
  private static Optional<AccountRow> lockAccountOf(Handle handle, VerifiedIdentity identity) {
    return find(handle, identity)
        .flatMap(row -> handle.attach(AccountDao.class).lock(row.accountId()))
        .filter(account -> belongsTo(find(handle, identity), account));
  }

  private static Optional<IdentityRow> find(Handle handle, VerifiedIdentity identity) {
    return handle.attach(IdentityDao.class).find(identity.issuer(), identity.subject());
  }

  private static boolean belongsTo(Optional<IdentityRow> identity, AccountRow account) {
    return identity.filter(row -> row.accountId().equals(account.id())).isPresent();
  }

  private AccountRow create(Handle handle, VerifiedIdentity identity, List<Event> events) {
    if (identity.email() == null || !isAddress.test(identity.email())) {
      throw ProblemException.of(
          ProblemCode.ADDRESS_NOT_VERIFIED,
          "The identity provider does not say that it has verified a mail address of the person.");
    }
    Address address = Address.of(identity.email());
    AccountRow account =
        new AccountRow(
            ids.generate(), address.text(), address.key(), null, Role.BUYER, null, now());
    if (handle.attach(AccountDao.class).insert(account) == 0) {
      // Another sign-in of the same person may have created it a moment ago.
      return lockAccountOf(handle, identity).orElseThrow(IdentityAccounts::notLinked);
    }
    if (insert(handle, account.id(), identity).isEmpty()) {
      throw notLinked(); // It was linked to another account a moment ago.
    }
    mails.send(handle, IdentityMails.created(account.email(), identity.issuer()));
    events.add(
        outbox.add(
            handle,
            EventType.ACCOUNT_REGISTERED,
            account.id(),
            account.id(),
            account.createdAt(),
            Map.of("by", "openid_connect")));
    SecurityEvents.log(handle, "account-created", account.id());
    return account;
  }

  /** Inserts an identity; empty if it belongs to an account already. */
  private Optional<IdentityRow> insert(Handle handle, UUID account, VerifiedIdentity identity) {
    IdentityRow row =
        new IdentityRow(ids.generate(), account, identity.issuer(), identity.subject(), now());
    return handle.attach(IdentityDao.class).insert(row) == 1 ? Optional.of(row) : Optional.empty();
  }

  private static ProblemException notLinked() {
    return ProblemException.of(
        ProblemCode.IDENTITY_NOT_LINKED,
        "The address of the identity has an account that the identity is not linked to.");
  }

  /**
   * Links an identity to an account whose password was just checked. To link it again changes
   * nothing.
   *
   * @throws ProblemException 409 when it is linked to another account
   */
  IdentityRow link(AccountRow account, VerifiedIdentity identity) {
    return jdbi.inTransaction(
        handle -> {
          Reauthentication.lockUnchanged(handle, "password", account);
          Optional<IdentityRow> known = find(handle, identity);
          if (belongsTo(known, account)) {
            return known.orElseThrow();
          }
          IdentityRow linked =
              insert(handle, account.id(), identity)
                  .orElseThrow(
                      () ->
                          ProblemException.of(
                              ProblemCode.IDENTITY_IN_USE,
                              "The identity is linked to another account."));
          mails.send(handle, IdentityMails.linked(account.email(), identity.issuer()));
          SecurityEvents.log(handle, "identity-linked", account.id());
          return linked;
        });
  }

  /**
   * Removes an identity of an account whose password was just checked, and ends its sessions.
   *
   * @param except the session that continues
   * @throws ProblemException 404 when the account has no such identity
   */
  void remove(AccountRow account, UUID identity, UUID except) {
    jdbi.useTransaction(
        handle -> {
          Reauthentication.lockUnchanged(handle, "password", account);
          IdentityDao dao = handle.attach(IdentityDao.class);
          IdentityRow row =
              dao.find(identity, account.id())
                  .orElseThrow(
                      () ->
                          ProblemException.of(
                              ProblemCode.NOT_FOUND, "You have no identity with this id."));
          dao.delete(row.id());
          sessions.endAll(handle, account.id(), except);
          mails.send(handle, IdentityMails.removed(account.email(), row.issuer()));
          SecurityEvents.log(handle, "identity-removed", account.id());
        });
    sessions.followEnded();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
