package io.boxoffice.account.oidc;

import io.boxoffice.account.oidc.provider.VerifiedIdentity;
import io.boxoffice.account.password.HashingQueue;
import io.boxoffice.account.session.Reauthentication;
import io.boxoffice.account.session.SecurityEvents;
import io.boxoffice.account.session.SignInMetrics;
import io.boxoffice.account.session.SignInMetrics.Method;
import io.boxoffice.account.session.SignInMetrics.Outcome;
import io.boxoffice.account.session.Tokens;
import io.boxoffice.account.store.AccountDao;
import io.boxoffice.account.store.AccountRow;
import io.boxoffice.account.store.IdentityDao;
import io.boxoffice.partner.FollowUps;
import io.boxoffice.platform.WorkQueue;
import io.boxoffice.platform.auth.SignedIn;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.Page;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * Signs people in by OpenID Connect, and shows and changes their identities. What waits for the
 * provider runs on a queue of its own.
 */
public final class IdentityService {
  private final Jdbi jdbi;
  private final List<String> redirectUris;
  private final Optional<IdentitySignIns> signIns;
  private final IdentityAccounts accounts;
  private final FollowUps followUps;
  private final WorkQueue calls;
  private final HashingQueue hashing;
  private final Reauthentication reauthentication;
  private final SignInMetrics metrics;

  /**
   * Creates the service.
   *
   * @param redirectUris where the provider may send people back to
   * @param signIns empty if there is no provider
   * @param calls runs what waits for the provider
   */
  IdentityService(
      Jdbi jdbi,
      List<String> redirectUris,
      Optional<IdentitySignIns> signIns,
      IdentityAccounts accounts,
      FollowUps followUps,
      WorkQueue calls,
      HashingQueue hashing,
      Reauthentication reauthentication,
      SignInMetrics metrics) {
    this.jdbi = jdbi;
    this.redirectUris = redirectUris;
    this.signIns = signIns;
    this.accounts = accounts;
    this.followUps = followUps;
    this.calls = calls;
    this.hashing = hashing;
    this.reauthentication = reauthentication;
    this.metrics = metrics;
  }

  /**
   * Begins a sign-in at the provider.
   *
   * @throws ProblemException 404 when there is no provider; 422 when the settings do not allow the
   *     redirect URI; 503 when the provider does not answer or too many requests wait for it
   */
  CompletionStage<IdentitySignIn> begin(NewIdentitySignIn request) {
    IdentitySignIns provider = requireProvider();
    if (!redirectUris.contains(request.redirectUri())) {
      throw ProblemException.invalid("redirectUri", "must be one of OIDC_REDIRECT_URIS");
    }
    return calls.submit(() -> provider.begin(request.redirectUri()));
  }

  /**
   * Ends a sign-in with a new session.
   *
   * @throws ProblemException 401 when the sign-in is not valid; 404 when there is no provider; 409
   *     when the identity opens no account; 503 when the provider does not answer or too many
   *     requests wait for it
   */
  CompletionStage<Tokens> signIn(UUID id, Completion completion) {
    IdentitySignIns provider = requireProvider();
    try {
      return followUps
          .after(
              calls.submit(() -> counted(() -> accounts.signIn(provider.end(id, completion)))),
              IdentityAccounts.Entry::events)
          .thenApply(IdentityAccounts.Entry::tokens);
    } catch (ProblemException full) {
      metrics.count(Method.OPENID_CONNECT, Outcome.OVERLOADED);
      throw full;
    }
  }

  private IdentityAccounts.Entry counted(Supplier<IdentityAccounts.Entry> signIn) {
    try {
      IdentityAccounts.Entry entry = signIn.get();
      metrics.count(Method.OPENID_CONNECT, Outcome.GRANTED);
      return entry;
    } catch (ProblemException refused) {
      boolean isUnavailable =
          refused.problem().code().equals(ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE.code());
      metrics.count(Method.OPENID_CONNECT, isUnavailable ? Outcome.UNAVAILABLE : Outcome.FAILED);
      SecurityEvents.log("identity-sign-in-failed");
      throw refused;
    }
  }

  /**
   * Ends a sign-in by linking its identity to the caller's account.
   *
   * @throws ProblemException as {@link #signIn}; 409 when the account has no password or the
   *     identity belongs to another account; 422 when the password is wrong
   */
  CompletionStage<Identity> link(SignedIn caller, NewIdentity request) {
    IdentitySignIns provider = requireProvider();
    return authenticated(caller, request.password())
        .thenCompose(
            account ->
                calls.submit(
                    () -> {
                      VerifiedIdentity identity =
                          provider.end(request.signInId(), request.completion());
                      return Identity.of(accounts.link(account, identity));
                    }));
  }

  /** Reads a page of the identities of an account, oldest first. */
  public Page<Identity> list(UUID account, UUID after, int limit) {
    return Page.cut(
        jdbi.withExtension(IdentityDao.class, dao -> dao.list(account, after, limit + 1)).stream()
            .map(Identity::of)
            .toList(),
        limit,
        Identity::id);
  }

  /**
   * Removes an identity from the caller's account and ends the other sessions. It needs the
   * password, so a way to sign in remains.
   *
   * @throws ProblemException 404 when the caller has no such identity; 409 when the account has no
   *     password; 422 when the password is wrong; 503 when too many passwords are being checked
   */
  CompletionStage<Void> remove(SignedIn caller, UUID identity, IdentityRemoval removal) {
    return authenticated(caller, removal.password())
        .thenAccept(account -> accounts.remove(account, identity, caller.session()));
  }

  /** Returns the caller's account after its password is checked. */
  private CompletionStage<AccountRow> authenticated(SignedIn caller, String password) {
    return hashing.submit(
        () -> {
          AccountRow account =
              jdbi.withExtension(AccountDao.class, dao -> dao.find(caller.account()))
                  .orElseThrow(
                      () ->
                          ProblemException.of(
                              ProblemCode.NOT_FOUND, "The account was deleted meanwhile."));
          reauthentication.require("password", password, account);
          return account;
        });
  }

  private IdentitySignIns requireProvider() {
    return signIns.orElseThrow(
        () ->
            ProblemException.of(
                ProblemCode.NOT_FOUND, "This shop has no sign-in by OpenID Connect."));
  }
}
