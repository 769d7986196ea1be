package io.boxoffice.account.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.account.factor.SecondFactors.Check;
import io.boxoffice.account.store.AccountDao;
import io.boxoffice.account.store.AccountRow;
import io.boxoffice.account.store.Role;
import io.boxoffice.account.store.SecondFactorRow;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.limit.PartitionKeys;
import io.boxoffice.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks codes at fixed times, around the edges of their windows. */
class SecondFactorsDatabaseTest {
  /** The beginning of a window. */
  private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

  private static final Jdbi JDBI = TestDatabase.migrated().jdbi();

  private final SetClock clock = new SetClock();
  private final SecondFactors factors =
      new SecondFactors(
          JDBI, clock, new SecureRandom(), PartitionKeys.of("a secret", new SecureRandom()));
  private final AccountRow account = newAccount();
  private String secret;
  private List<String> recoveryCodes;

  /** A clock that the test sets. */
  private static final class SetClock extends Clock {
    private Instant now = BEGIN;

    void set(Duration sinceBegin) {
      now = BEGIN.plus(sinceBegin);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static AccountRow newAccount() {
    String email = UUID.randomUUID() + "@example.com";
    AccountRow row =
        new AccountRow(UUID.randomUUID(), email, email, null, Role.BUYER, "hash", BEGIN);
    JDBI.useExtension(AccountDao.class, dao -> dao.insert(row));
    return row;
  }

  /** Confirms the factor ten windows before the first test of a code. */
  @BeforeEach
  void confirm() {
    clock.set(Duration.ofMinutes(-5));
    secret = create(account).orElseThrow().secret();
    recoveryCodes = confirm(factor(account), code(Duration.ofMinutes(-5)));
    clock.set(Duration.ZERO);
  }

  private Optional<SecondFactors.Pending> create(AccountRow owner) {
    return JDBI.inTransaction(handle -> factors.create(handle, owner));
  }

  private List<String> confirm(SecondFactorRow pending, String code) {
    return JDBI.inTransaction(handle -> factors.confirm(handle, pending, code));
  }

  private SecondFactorRow factor(AccountRow owner) {
    return factors.find(owner.id()).orElseThrow();
  }

  private String code(Duration sinceBegin) {
    return Totp.code(secret, Totp.step(BEGIN.plus(sinceBegin)));
  }

  private Check check(String code) {
    return check(account, code);
  }

  private Check check(AccountRow owner, String code) {
    return JDBI.inTransaction(handle -> factors.check(handle, owner.id(), code));
  }

  private Check checkAt(long millis, String code) {
    clock.set(Duration.ofMillis(millis));
    return check(code);
  }

  @Test
  void aCodeIsAcceptedFromTheBeginOfItsWindowToTheEndOfTheNextOne() {
    String code = code(Duration.ZERO);
    assertThat(checkAt(-1, code)).isEqualTo(Check.WRONG);
    assertThat(checkAt(60_000, code)).isEqualTo(Check.WRONG);
    assertThat(checkAt(59_999, code)).isEqualTo(Check.APP_CODE);

    assertThat(checkAt(60_000, code(Duration.ofSeconds(60)))).isEqualTo(Check.APP_CODE);
  }

  @Test
  void aCodeWorksOnceAndAnEarlierOneNoLongerAfterIt() {
    String first = code(Duration.ZERO);
    String second = code(Duration.ofSeconds(30));
    assertThat(checkAt(30_000, second)).isEqualTo(Check.APP_CODE);
    assertThat(checkAt(30_001, second)).isEqualTo(Check.WRONG);
    assertThat(checkAt(30_002, first)).as("in its time, but older").isEqualTo(Check.WRONG);
    assertThat(checkAt(60_000, code(Duration.ofSeconds(60)))).isEqualTo(Check.APP_CODE);
  }

  @Test
  void theCodeThatConfirmsTheFactorDoesNotSignIn() {
    clock.set(Duration.ofMinutes(-5));
    assertThat(check(code(Duration.ofMinutes(-5)))).isEqualTo(Check.WRONG);
  }

  @Test
  void aRecoveryCodeWorksOnceAtAnyTimeAndForItsAccountOnly() {
    assertThat(recoveryCodes).hasSize(10).doesNotHaveDuplicates();
    AccountRow other = newAccount();
    String theirs = create(other).orElseThrow().secret();
    confirm(factor(other), Totp.code(theirs, Totp.step(BEGIN)));
    String code = recoveryCodes.get(3);
    assertThat(check(other, code)).isEqualTo(Check.WRONG);
    assertThat(check(code.toLowerCase(java.util.Locale.ROOT).replace("-", "")))
        .isEqualTo(Check.RECOVERY_CODE);
    assertThat(check(code)).isEqualTo(Check.WRONG);
    assertThat(factors.state(account.id())).isEqualTo(new SecondFactorState(true, 9));
  }

  @Test
  void withoutAnActiveFactorNoCodeIsNeeded() {
    AccountRow other = newAccount();
    assertThat(check(other, null)).isEqualTo(Check.NOT_NEEDED);
    create(other);
    assertThat(check(other, null)).as("not confirmed").isEqualTo(Check.NOT_NEEDED);
    assertThat(factors.begin(other.id(), "000000")).as("no failure").isZero();
    assertThat(check(null)).isEqualTo(Check.MISSING);
  }

  @Test
  void anActiveFactorIsNotReplacedAndNotConfirmedAgain() {
    assertThat(create(account)).isEmpty();
    assertThat(confirm(factor(account), code(Duration.ZERO))).isEmpty();
    assertThat(check(code(Duration.ZERO))).isEqualTo(Check.APP_CODE);
  }

  /** Another request gets a new secret while this one confirms the old one. */
  @Test
  void aSecretThatWasReplacedMeanwhileIsNotConfirmed() {
    AccountRow other = newAccount();
    create(other);
    SecondFactorRow read = factor(other);
    create(other);
    assertThat(confirm(read, Totp.code(read.secret(), Totp.step(BEGIN)))).isEmpty();
    assertThat(factors.state(other.id()).active()).isFalse();
  }

  @Test
  void wrongCodesDelayTheNextOneAndNeverARecoveryCode() {
    for (int i = 1; i <= SecondFactors.FAILURES_WITHOUT_DELAY + 1; i++) {
      assertThat(factors.begin(account.id(), "000 000")).isEqualTo(i);
    }
    JDBI.useHandle(
        handle ->
            handle.execute("UPDATE failed_attempts SET retry_at = retry_at + interval '1 hour'"));
    assertThatThrownBy(() -> factors.begin(account.id(), code(Duration.ZERO)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().code()).isEqualTo("quota-exceeded");
              assertThat(refused.retryAfterSeconds().orElseThrow()).isGreaterThan(3000);
            });
    assertThat(factors.begin(account.id(), recoveryCodes.get(0))).isZero();
    assertThat(factors.begin(account.id(), null)).isZero();

    factors.forgetFailures(account.id());
    assertThat(factors.begin(account.id(), "000000")).isEqualTo(1);
  }

  @Test
  void theDatabaseHasHashesOfRecoveryCodesOnlyAndTheDeletionLeavesNothing() {
    assertThat(rows()).hasSize(11).noneMatch(row -> row.contains(recoveryCodes.get(0)));
    JDBI.useExtension(AccountDao.class, dao -> dao.delete(account.id()));
    assertThat(rows()).isEmpty();
  }

  private List<String> rows() {
    return JDBI.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT CAST(f AS text) FROM second_factors f WHERE account_id = :id
                    UNION ALL
                    SELECT CAST(c AS text) FROM recovery_codes c WHERE account_id = :id
                    """)
                .bind("id", account.id())
                .mapTo(String.class)
                .list());
  }
}
