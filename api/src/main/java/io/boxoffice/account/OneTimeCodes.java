package io.boxoffice.account;

import io.boxoffice.account.store.Address;
import io.boxoffice.account.store.CodeDao;
import io.boxoffice.account.store.CodeRow;
import io.boxoffice.account.store.OneTimeCode;
import io.boxoffice.platform.error.ProblemException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Makes and checks the one-time codes that prove an address without an account's session. */
final class OneTimeCodes {
  private final Clock clock;
  private final SecureRandom random;
  private final Duration lifetime;

  OneTimeCodes(Clock clock, SecureRandom random, Duration lifetime) {
    this.clock = clock;
    this.random = random;
    this.lifetime = lifetime;
  }

  /** Returns a new code for an address, valid if the transaction commits. */
  String create(Handle transaction, CodeRow.Purpose purpose, Address address) {
    OneTimeCode code = OneTimeCode.random(random);
    transaction
        .attach(CodeDao.class)
        .insert(
            new CodeRow(
                code.hash(),
                purpose,
                address.text(),
                address.key(),
                clock.instant().plus(lifetime).truncatedTo(ChronoUnit.MICROS)));
    return code.text();
  }

  /**
   * Reads a code without using it.
   *
   * @throws ProblemException 422 when it is wrong, used or expired
   */
  CodeRow find(Jdbi jdbi, CodeRow.Purpose purpose, String code) {
    String hash = new OneTimeCode(code).hash();
    return jdbi.withExtension(CodeDao.class, dao -> dao.find(hash, purpose, clock.instant()))
        .orElseThrow(OneTimeCode::notValid);
  }

  /**
   * Uses a code, and with it all codes of its address.
   *
   * @throws ProblemException 422 when another request has used it, or it has expired
   */
  void use(Handle transaction, CodeRow code) {
    CodeDao dao = transaction.attach(CodeDao.class);
    if (dao.use(code.hash(), clock.instant()) == 0) {
      throw OneTimeCode.notValid();
    }
    dao.deleteOf(code.emailKey());
  }

  /** Deletes the codes that have expired. */
  void deleteExpired(Jdbi jdbi) {
    jdbi.useExtension(CodeDao.class, dao -> dao.deleteExpired(clock.instant()));
  }
}
