package io.boxoffice.account.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import io.boxoffice.platform.key.RotatingKeys;
import io.boxoffice.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SigningKeysDatabaseTest {
  private static final Duration ROTATION = Duration.ofDays(30);
  private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(5);

  private final TestDatabase database = withoutKeys();
  private final Time time = new Time();
  private final RotatingKeys<RSAKey> keys = replica();

  private static TestDatabase withoutKeys() {
    TestDatabase database = TestDatabase.migrated();
    database.jdbi().useHandle(handle -> handle.execute("DELETE FROM signing_keys"));
    return database;
  }

  /** A clock that a test moves. */
  private static final class Time extends Clock {
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    void pass(Duration duration) {
      now = now.plus(duration);
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
      throw new UnsupportedOperationException();
    }
  }

  private RotatingKeys<RSAKey> replica() {
    return SigningKeys.in(database.jdbi(), time, ROTATION, TOKEN_LIFETIME);
  }

  private static List<String> published(RotatingKeys<RSAKey> keys) {
    return keys.published().getKeys().stream().map(JWK::getKeyID).toList();
  }

  @Test
  void replicasThatSignFirstAtTheSameTimeShareOneKey() {
    List<RotatingKeys<RSAKey>> replicas = IntStream.range(0, 3).mapToObj(i -> replica()).toList();
    List<CompletableFuture<String>> signing =
        replicas.stream()
            .map(replica -> CompletableFuture.supplyAsync(() -> replica.signing().getKeyID()))
            .toList();
    assertThat(signing.stream().map(CompletableFuture::join).distinct()).hasSize(1);
  }

  @Test
  void theStartOfAReplicaCreatesTheFirstKeyBeforeAnySignIn() {
    assertThat(published(keys)).isEmpty();
    keys.follow();
    assertThat(published(keys)).hasSize(1);
    assertThat(keys.signing().getKeyID()).isEqualTo(published(keys).get(0));
  }

  @Test
  void aKeyIsPublishedBeforeItSignsAndUntilItsTokensHaveExpired() {
    String first = keys.signing().getKeyID();
    RotatingKeys<RSAKey> other = replica();
    assertThat(other.find(first)).isPresent();

    time.pass(ROTATION.minus(SigningKeys.LEAD).minusSeconds(1));
    keys.follow();
    assertThat(published(keys)).containsExactly(first);

    time.pass(Duration.ofSeconds(1));
    keys.follow();
    other.follow();
    assertThat(published(keys)).hasSize(2).isEqualTo(published(other));
    String second = published(keys).get(0);
    assertThat(keys.signing().getKeyID()).isEqualTo(first);

    time.pass(SigningKeys.LEAD);
    assertThat(keys.signing().getKeyID()).isEqualTo(second);
    keys.follow();
    assertThat(keys.find(first)).as("its last tokens are valid").isPresent();

    time.pass(TOKEN_LIFETIME);
    keys.follow();
    keys.follow();
    assertThat(published(keys)).containsExactly(second);
    assertThat(keys.find(first)).isEmpty();
  }

  @Test
  void anUnknownIdReadsTheKeysOnceASecondAtMost() {
    RotatingKeys<RSAKey> other = replica();
    assertThat(other.find("unknown")).isEmpty();
    String first = keys.signing().getKeyID();
    assertThat(other.find(first)).as("within the second").isEmpty();
    time.pass(Duration.ofSeconds(1));
    assertThat(other.find(first)).isPresent();
  }
}
