package io.boxoffice.account.session;

import io.boxoffice.account.password.PasswordHasher;
import io.boxoffice.account.store.AccountDao;
import io.boxoffice.account.store.AccountRow;
import io.boxoffice.platform.error.ProblemException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Asks for the password again before a change that a stolen access token must not make. */
public final class Reauthentication {
  private final PasswordHasher hasher;

  /** Compares passwords with the given hasher. */
  public Reauthentication(PasswordHasher hasher) {
    this.hasher = hasher;
  }

  /**
   * Checks the password of an account; call it from a hashing queue.
   *
   * @param field the field of the request that has the password
   * @throws ProblemException 422 when it is wrong
   */
  public void require(String field, String password, AccountRow account) {
    if (!hasher.matches(password, account.passwordHash())) {
      SecurityEvents.log("re-authentication-failed", account.id());
      throw wrong(field);
    }
  }

  /**
   * Locks an account whose password was just checked, and checks that it still has it.
   *
   * @throws ProblemException 422 when the password was changed or the account deleted meanwhile
   */
  public static void lockUnchanged(Handle transaction, String field, AccountRow account) {
    Optional<AccountRow> locked = transaction.attach(AccountDao.class).lock(account.id());
    if (locked.filter(row -> row.passwordHash().equals(account.passwordHash())).isEmpty()) {
      throw wrong(field);
    }
  }

  private static ProblemException wrong(String field) {
    return ProblemException.invalid(field, "must be the password of the account");
  }
}
