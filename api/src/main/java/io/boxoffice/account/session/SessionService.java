package io.boxoffice.account.session;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.account.store.AccountDao;
import io.boxoffice.account.store.AccountRow;
import io.boxoffice.account.store.SessionDao;
import io.boxoffice.account.store.SessionRow;
import io.boxoffice.platform.auth.SignedIn;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.Page;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Starts sessions, refreshes them, and ends them on every replica. */
public final class SessionService {
  /** How long a refresh token that was just replaced gets the same successor again. */
  static final Duration RETRY_WINDOW = Duration.ofSeconds(10);

  /** How long an ended session is kept, so that every replica has read that it ended. */
  private static final Duration KEPT = Duration.ofDays(1);

  private final Jdbi jdbi;
  private final Clock clock;
  private final NoArgGenerator ids;
  private final SecureRandom random;
  private final Duration lifetime;
  private final AccessTokens tokens;
  private final Revocations revocations;

  /**
   * Creates the service.
   *
   * @param ids increase in the order of creation (UUID version 7)
   * @param lifetime how long a session can be refreshed
   */
  public SessionService(
      Jdbi jdbi,
      Clock clock,
      NoArgGenerator ids,
      SecureRandom random,
      Duration lifetime,
      AccessTokens tokens,
      Revocations revocations) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
    this.lifetime = lifetime;
    this.tokens = tokens;
    this.revocations = revocations;
  }

  /**
   * Starts a session of an account whose owner was just authenticated, if the transaction commits.
   *
   * @return the session; empty if the password was changed or the account deleted meanwhile
   */
  public Optional<SessionRow> start(Handle transaction, AccountRow account) {
    Instant now = now();
    SessionRow session =
        new SessionRow(
            ids.generate(),
            account.id(),
            RefreshToken.newSecret(random),
            0,
            now,
            now,
            now.plus(lifetime),
            null);
    if (transaction.attach(SessionDao.class).insert(session, account.passwordHash()) == 0) {
      return Optional.empty();
    }
    SecurityEvents.log(transaction, "signed-in", account.id(), session.id());
    return Optional.of(session);
  }

  /**
   * Returns the first tokens of a session. Call it after the transaction of {@link #start}: a
   * signature takes long enough to hold no lock meanwhile.
   */
  public Tokens firstTokens(AccountRow account, SessionRow session) {
    return grant(account, session, 0);
  }

  /**
   * Replaces the tokens of a session. A retry with the token before, within 10 s, gets the same
   * refresh token again. Any older token ends the session: it has been copied (RFC 9700, section
   * 4.14.2).
   *
   * @throws ProblemException 401 when the token is not valid or the session has ended
   */
  Tokens refresh(String text) {
    RefreshToken token = RefreshToken.parse(text).orElseThrow(SessionService::refused);
    return jdbi.inTransaction(handle -> refresh(handle, token))
        .map(next -> grant(next.account(), next.session(), next.generation()))
        .orElseThrow(
            () -> {
              revocations.refresh();
              return refused();
            });
  }

  /** The tokens to make. A signature takes long, so it is made after the session's row is free. */
  private record Next(AccountRow account, SessionRow session, int generation) {}

  private Optional<Next> refresh(Handle handle, RefreshToken token) {
    SessionDao dao = handle.attach(SessionDao.class);
    SessionRow before =
        dao.find(token.session()).filter(token::isOf).orElseThrow(SessionService::refused);
    Instant now = now();
    if (dao.rotate(token.session(), token.generation(), now) == 1) {
      return Optional.of(new Next(account(handle, before), before, token.generation() + 1));
    }
    SessionRow current = dao.find(token.session()).orElseThrow(SessionService::refused);
    if (current.revokedAt() != null || !now.isBefore(current.expiresAt())) {
      return Optional.empty();
    }
    if (current.generation() == token.generation() + 1
        && now.isBefore(current.rotatedAt().plus(RETRY_WINDOW))) {
      return Optional.of(new Next(account(handle, current), current, current.generation()));
    }
    dao.revoke(current.id(), current.accountId());
    SecurityEvents.log(handle, "refresh-token-reused", current.accountId(), current.id());
    return Optional.empty();
  }

  /** Reads a page of the caller's sessions, oldest first. */
  public Page<Session> list(SignedIn caller, UUID after, int limit) {
    return Page.cut(
        jdbi
            .withExtension(
                SessionDao.class, dao -> dao.list(caller.account(), now(), after, limit + 1))
            .stream()
            .map(
                row ->
                    new Session(
                        row.id(),
                        row.createdAt(),
                        row.rotatedAt(),
                        row.expiresAt(),
                        row.id().equals(caller.session())))
            .toList(),
        limit,
        Session::id);
  }

  /**
   * Ends one of the caller's sessions.
   *
   * @throws ProblemException 404 when the caller has no such session
   */
  void end(SignedIn caller, UUID session) {
    if (jdbi.withExtension(SessionDao.class, dao -> dao.revoke(session, caller.account())) == 0) {
      throw ProblemException.of(ProblemCode.NOT_FOUND, "You have no session with this id.");
    }
    revocations.refresh();
    SecurityEvents.log("signed-out", caller.account(), session);
  }

  /**
   * Ends the sessions of an account if the transaction commits; call {@link #followEnded} after it.
   *
   * @param except a session that continues; null for none
   */
  public void endAll(Handle transaction, UUID account, UUID except) {
    transaction.attach(SessionDao.class).revokeAll(account, except);
  }

  /** Makes this replica reject the sessions that a transaction has just ended. */
  public void followEnded() {
    revocations.refresh();
  }

  /** Deletes the sessions that ended long enough ago. */
  public void deleteEnded() {
    jdbi.useExtension(SessionDao.class, dao -> dao.deleteEndedBefore(now().minus(KEPT)));
  }

  private Tokens grant(AccountRow account, SessionRow session, int generation) {
    return new Tokens(
        session.id(),
        "Bearer",
        tokens.issue(account, session.id()),
        tokens.lifetime().toSeconds(),
        RefreshToken.text(session, generation));
  }

  private static AccountRow account(Handle handle, SessionRow session) {
    return handle
        .attach(AccountDao.class)
        .find(session.accountId())
        .orElseThrow(SessionService::refused);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static ProblemException refused() {
    return ProblemException.of(
        ProblemCode.UNAUTHORIZED, "The refresh token is not valid; sign in again.");
  }
}
