package io.boxoffice.account;

import com.google.common.hash.Hashing;
import io.boxoffice.account.store.Address;
import io.boxoffice.account.store.CodeDao;
import io.boxoffice.account.store.CodeRow;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes and checks the one-time codes of mails. A code has 128 random bits, so that guessing needs
 * no counter of attempts, and the database has its hash only.
 */
final class OneTimeCodes {
  private static final int BYTES = 16;

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
    byte[] content = new byte[BYTES];
    random.nextBytes(content);
    String code = Base64.getUrlEncoder().withoutPadding().encodeToString(content);
    transaction
        .attach(CodeDao.class)
        .insert(
            new CodeRow(
                hash(code),
                purpose,
                address.text(),
                address.key(),
                clock.instant().plus(lifetime).truncatedTo(ChronoUnit.MICROS)));
    return code;
  }

  /**
   * Reads a code without using it.
   *
   * @throws ProblemException 422 when it is wrong, used or expired
   */
  CodeRow find(Jdbi jdbi, CodeRow.Purpose purpose, String code) {
    return jdbi.withExtension(CodeDao.class, dao -> dao.find(hash(code), purpose, clock.instant()))
        .orElseThrow(OneTimeCodes::notValid);
  }

  /**
   * Uses a code, and with it all codes of its address.
   *
   * @throws ProblemException 422 when another request has used it, or it has expired
   */
  void use(Handle transaction, CodeRow code) {
    CodeDao dao = transaction.attach(CodeDao.class);
    if (dao.use(code.hash(), clock.instant()) == 0) {
      throw notValid();
    }
    dao.deleteOf(code.emailKey());
  }

  /** Deletes the codes that have expired. */
  void deleteExpired(Jdbi jdbi) {
    jdbi.useExtension(CodeDao.class, dao -> dao.deleteExpired(clock.instant()));
  }

  static ProblemException notValid() {
    return ProblemException.of(
        ProblemCode.CODE_NOT_VALID, "The code is wrong, was used, or has expired.");
  }

  private static String hash(String code) {
    return Hashing.sha256().hashString(code, StandardCharsets.UTF_8).toString();
  }
}
