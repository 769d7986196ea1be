package io.boxoffice.account;

import io.boxoffice.account.factor.SecondFactors;
import io.boxoffice.account.oidc.IdentityService;
import io.boxoffice.account.password.HashingQueue;
import io.boxoffice.account.password.PasswordHasher;
import io.boxoffice.account.password.PasswordRules;
import io.boxoffice.account.session.Reauthentication;
import io.boxoffice.account.session.SecurityEvents;
import io.boxoffice.account.session.SessionService;
import io.boxoffice.account.store.AccountDao;
import io.boxoffice.account.store.AccountRow;
import io.boxoffice.account.store.Role;
import io.boxoffice.mail.Mails;
import io.boxoffice.order.Order;
import io.boxoffice.order.OrderService;
import io.boxoffice.platform.auth.SignedIn;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.Page;
import io.boxoffice.purchase.PurchaseService;
import io.boxoffice.purchase.allocation.Purchase;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Reads, changes and deletes accounts that exist, for their owners and for operators. What a stolen
 * access token must not do needs the password again.
 */
public final class AccountService {
  private final Jdbi jdbi;
  private final Mails mails;
  private final AccountMails texts;
  private final PasswordRules rules;
  private final PasswordHasher hasher;
  private final Reauthentication reauthentication;
  private final HashingQueue hashing;
  private final SessionService sessions;
  private final IdentityService identities;
  private final SecondFactors factors;
  private final PurchaseService purchases;
  private final OrderService orders;

  AccountService(
      Jdbi jdbi,
      Mails mails,
      AccountMails texts,
      PasswordRules rules,
      PasswordHasher hasher,
      Reauthentication reauthentication,
      HashingQueue hashing,
      SessionService sessions,
      IdentityService identities,
      SecondFactors factors,
      PurchaseService purchases,
      OrderService orders) {
    this.jdbi = jdbi;
    this.mails = mails;
    this.texts = texts;
    this.rules = rules;
    this.hasher = hasher;
    this.reauthentication = reauthentication;
    this.hashing = hashing;
    this.sessions = sessions;
    this.identities = identities;
    this.factors = factors;
    this.purchases = purchases;
    this.orders = orders;
  }

  /**
   * Reads one account.
   *
   * @throws ProblemException 404 when there is none with this id
   */
  Account get(UUID id) {
    return Account.of(jdbi.withExtension(AccountDao.class, dao -> find(dao, id)));
  }

  /**
   * Changes what its owner may change.
   *
   * @throws ProblemException 404 when another request has deleted the account
   */
  Account change(UUID id, AccountChange change) {
    if (change.name() != null) {
      jdbi.useExtension(AccountDao.class, dao -> dao.rename(id, change.name()));
    }
    return get(id);
  }

  /**
   * Gives an account a role. Its sessions end, because their access tokens name the old role.
   *
   * @throws ProblemException 404 when there is none with this id
   */
  Account change(UUID id, RoleChange change) {
    Role before =
        jdbi.inTransaction(
            handle -> {
              AccountDao dao = handle.attach(AccountDao.class);
              Role old = find(dao, id).role();
              if (old != change.role()) {
                dao.setRole(id, change.role());
                sessions.endAll(handle, id, null);
              }
              return old;
            });
    if (before != change.role()) {
      sessions.followEnded();
      SecurityEvents.log("role-changed", id);
    }
    return get(id);
  }

  /**
   * Sets another password and ends the other sessions.
   *
   * @throws ProblemException 409 when the account has no password; 422 when the current password is
   *     wrong or the new one is not allowed; 503 when too many passwords are being checked
   */
  CompletionStage<Void> changePassword(SignedIn caller, PasswordChange change) {
    AccountRow account = jdbi.withExtension(AccountDao.class, dao -> find(dao, caller.account()));
    rules.require("newPassword", change.newPassword(), account.email());
    return hashing.submit(
        () -> {
          reauthentication.require("currentPassword", change.currentPassword(), account);
          String hash = hasher.hash(change.newPassword());
          jdbi.useTransaction(
              handle -> {
                Reauthentication.lockUnchanged(handle, "currentPassword", account);
                handle.attach(AccountDao.class).setPassword(account.id(), hash);
                sessions.endAll(handle, account.id(), caller.session());
                mails.send(handle, texts.passwordChanged(account.email()));
              });
          sessions.followEnded();
          SecurityEvents.log("password-changed", account.id(), caller.session());
          return null;
        });
  }

  /**
   * Deletes the caller's account, removes the person from its purchases and orders, and ends its
   * sessions.
   *
   * @throws ProblemException 409 when the account has no password; 422 when the password is wrong;
   *     503 when too many passwords are being checked
   */
  CompletionStage<Void> delete(SignedIn caller, Deletion deletion) {
    AccountRow account = jdbi.withExtension(AccountDao.class, dao -> find(dao, caller.account()));
    return hashing.submit(
        () -> {
          reauthentication.require("password", deletion.password(), account);
          jdbi.useTransaction(handle -> delete(handle, account));
          sessions.followEnded();
          SecurityEvents.log("account-deleted", account.id());
          return null;
        });
  }

  private void delete(Handle handle, AccountRow account) {
    Reauthentication.lockUnchanged(handle, "password", account);
    sessions.endAll(handle, account.id(), null);
    purchases.anonymise(handle, account.id(), account.email());
    orders.anonymise(handle, account.id(), account.email());
    handle.attach(AccountDao.class).delete(account.id());
    mails.send(handle, texts.deleted(account.email()));
  }

  /** Returns the data of the caller. */
  AccountExport export(SignedIn caller) {
    return new AccountExport(
        get(caller.account()),
        factors.state(caller.account()),
        sessions.list(caller, null, Page.MAX_LIMIT),
        identities.list(caller.account(), null, Page.MAX_LIMIT),
        purchases.listOf(caller.account(), null, Page.MAX_LIMIT),
        orders.listOf(caller.account(), null, Page.MAX_LIMIT));
  }

  /** Reads a page of the caller's orders. */
  Page<Order> orders(SignedIn caller, UUID after, int limit) {
    return orders.listOf(caller.account(), after, limit);
  }

  /** Reads a page of the caller's purchases. */
  Page<Purchase> purchases(SignedIn caller, UUID after, int limit) {
    return purchases.listOf(caller.account(), after, limit);
  }

  /** Gives the caller the purchases and orders that were made with their address before. */
  PurchaseClaim claim(SignedIn caller) {
    String email = get(caller.account()).email();
    return jdbi.inTransaction(
        handle -> {
          int claimedOrders = orders.claim(handle, caller.account(), email);
          return new PurchaseClaim(purchases.claim(handle, caller.account(), email), claimedOrders);
        });
  }

  private static AccountRow find(AccountDao dao, UUID id) {
    return dao.find(id)
        .orElseThrow(
            () -> ProblemException.of(ProblemCode.NOT_FOUND, "There is no account with this id."));
  }
}
