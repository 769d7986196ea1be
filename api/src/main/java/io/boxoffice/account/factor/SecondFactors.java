package io.boxoffice.account.factor;

import com.google.common.base.CharMatcher;
import io.boxoffice.account.store.AccountRow;
import io.boxoffice.account.store.SecondFactorDao;
import io.boxoffice.account.store.SecondFactorRow;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.limit.GrowingDelay;
import io.boxoffice.platform.limit.PartitionKeys;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Holds the second factors of accounts and checks their codes. Call it only after the password was
 * right: then no third party can use up the attempts of an account.
 */
public final class SecondFactors {
  /** The wrong codes of an account after which the next one must wait. */
  public static final int FAILURES_WITHOUT_DELAY = 5;

  /** At most 24 codes a day: the chance that one of a year's guesses is right is 2 percent. */
  private static final Duration LONGEST_DELAY = Duration.ofHours(1);

  private static final Duration MEMORY_OF_FAILURES = Duration.ofDays(30);

  private static final int RECOVERY_CODES = 10;
  private static final String ISSUER = "Box Office";
  private static final Pattern APP_CODE = Pattern.compile("[0-9]{" + Totp.DIGITS + "}");

  private final Jdbi jdbi;
  private final Clock clock;
  private final SecureRandom random;
  private final GrowingDelay delay;

  /** What the code of a request is worth. */
  public enum Check {
    /** The account has no active factor. */
    NOT_NEEDED,
    /** The account has an active factor, and the request has no code. */
    MISSING,
    WRONG,
    /** It was the code of an app, and is used now. */
    APP_CODE,
    /** It was a recovery code, and is deleted now. */
    RECOVERY_CODE;

    /** Whether the request may go on. */
    public boolean passed() {
      return this != MISSING && this != WRONG;
    }
  }

  /**
   * Represents a factor that a code must confirm before sign-in needs it.
   *
   * @param secret in Base32
   * @param uri the same for an authenticator app, which reads it from a QR code
   */
  public record Pending(String secret, String uri) {

    /** Hides the secret, so that no log can contain it. */
    @Override
    public String toString() {
      return "Pending";
    }
  }

  /** Uses the given database. */
  public SecondFactors(Jdbi jdbi, Clock clock, SecureRandom random, PartitionKeys keys) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.random = random;
    this.delay =
        new GrowingDelay(
            jdbi, keys, "second-factor", FAILURES_WITHOUT_DELAY, LONGEST_DELAY, MEMORY_OF_FAILURES);
  }

  /**
   * Begins the check of a code. A recovery code never waits, because it cannot be guessed: so the
   * owner has a way in while another person who knows the password causes a delay.
   *
   * @param code null if the request has none
   * @return the failures of the account, this attempt included; 0 if the code needs no limit
   * @throws ProblemException 429 when too many codes were wrong
   */
  public int begin(UUID account, String code) {
    boolean limited =
        code != null
            && isAppCode(code)
            && find(account).filter(SecondFactorRow::isActive).isPresent();
    return limited ? delay.begin(account.toString()) : 0;
  }

  /**
   * Begins the confirmation of a factor.
   *
   * @throws ProblemException 429 when too many codes were wrong
   */
  public void beginConfirmation(UUID account) {
    delay.begin(account.toString());
  }

  /**
   * Checks a code and uses it, if the transaction commits.
   *
   * @param code null if the request has none
   */
  public Check check(Handle transaction, UUID account, String code) {
    SecondFactorDao dao = transaction.attach(SecondFactorDao.class);
    Optional<SecondFactorRow> factor = dao.find(account).filter(SecondFactorRow::isActive);
    if (factor.isEmpty()) {
      return Check.NOT_NEEDED;
    }
    if (code == null) {
      return Check.MISSING;
    }
    if (!isAppCode(code)) {
      return dao.useRecoveryCode(account, RecoveryCode.hash(code)) == 1
          ? Check.RECOVERY_CODE
          : Check.WRONG;
    }
    String secret = factor.get().secret();
    OptionalLong step = stepOf(code, secret);
    return step.isPresent() && dao.use(account, secret, step.getAsLong()) == 1
        ? Check.APP_CODE
        : Check.WRONG;
  }

  /** Forgets the wrong codes of an account, after a right one of its app. */
  public void forgetFailures(UUID account) {
    delay.forget(account.toString());
  }

  /**
   * Creates a factor, in place of another one that no code has confirmed.
   *
   * @return empty if the account has an active factor
   */
  public Optional<Pending> create(Handle transaction, AccountRow account) {
    String secret = Totp.newSecret(random);
    return transaction.attach(SecondFactorDao.class).insert(account.id(), secret) == 1
        ? Optional.of(new Pending(secret, KeyUri.of(ISSUER, account.email(), secret)))
        : Optional.empty();
  }

  /**
   * Makes a factor active.
   *
   * @return new recovery codes; empty if the code is not one of the factor
   */
  public List<String> confirm(Handle transaction, SecondFactorRow pending, String code) {
    SecondFactorDao dao = transaction.attach(SecondFactorDao.class);
    UUID account = pending.accountId();
    OptionalLong step = stepOf(code, pending.secret());
    if (step.isEmpty()
        || dao.confirm(
                account,
                pending.secret(),
                step.getAsLong(),
                clock.instant().truncatedTo(ChronoUnit.MICROS))
            == 0) {
      return List.of();
    }
    List<String> codes =
        Stream.generate(() -> RecoveryCode.create(random)).limit(RECOVERY_CODES).toList();
    dao.insertRecoveryCodes(account, codes.stream().map(RecoveryCode::hash).toList());
    return codes;
  }

  /** Deletes the factor of an account and its recovery codes. */
  public void delete(Handle transaction, UUID account) {
    SecondFactorDao dao = transaction.attach(SecondFactorDao.class);
    dao.delete(account);
    dao.deleteRecoveryCodes(account);
  }

  /** Reads the factor of an account. */
  public Optional<SecondFactorRow> find(UUID account) {
    return jdbi.withExtension(SecondFactorDao.class, dao -> dao.find(account));
  }

  /** Counts the recovery codes that an account has left. */
  public int recoveryCodesLeft(Handle transaction, UUID account) {
    return transaction.attach(SecondFactorDao.class).countRecoveryCodes(account);
  }

  /** Reads what the owner of an account may know about its factor. */
  public SecondFactorState state(UUID account) {
    return jdbi.withExtension(
        SecondFactorDao.class,
        dao ->
            new SecondFactorState(
                dao.find(account).filter(SecondFactorRow::isActive).isPresent(),
                dao.countRecoveryCodes(account)));
  }

  private OptionalLong stepOf(String code, String secret) {
    return Totp.stepOf(withoutSpaces(code), secret, clock.instant());
  }

  /** Whether a code has the form of an app's codes, which apps show in two groups. */
  private static boolean isAppCode(String code) {
    return APP_CODE.matcher(withoutSpaces(code)).matches();
  }

  private static String withoutSpaces(String code) {
    return CharMatcher.is(' ').removeFrom(code);
  }
}
