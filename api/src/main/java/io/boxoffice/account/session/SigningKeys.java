package io.boxoffice.account.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.boxoffice.account.store.SigningKeyDao;
import io.boxoffice.account.store.SigningKeyRow;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Holds the keys that sign access tokens. All replicas share them through the database. The first
 * replica creates the first key when it starts. A later key is published for some time before it
 * signs, so that every verifier has it, and an old key is published until its tokens have expired.
 */
public final class SigningKeys {
  /** The time between two reads of the keys. */
  static final Duration POLL = Duration.ofSeconds(30);

  /** How long verifiers may cache the public keys. */
  public static final Duration PUBLIC_MAX_AGE = Duration.ofMinutes(5);

  /** How long a key is published before it signs; longer than any cache and poll together. */
  static final Duration LEAD = Duration.ofMinutes(10);

  /** How often an unknown key id may cause a read. */
  private static final Duration BETWEEN_READS = Duration.ofSeconds(1);

  private static final int RSA_BITS = 3072;

  private final Jdbi jdbi;
  private final Clock clock;
  private final Duration rotation;
  private final Duration tokenLifetime;
  private volatile Keys keys = new Keys(List.of(), Instant.EPOCH);

  private record Key(int number, RSAKey jwk, Instant signsFrom) {}

  /** The keys, newest first, and when they were read. */
  private record Keys(List<Key> newestFirst, Instant readAt) {
    Optional<Key> signing(Instant now) {
      return newestFirst.stream().filter(key -> !key.signsFrom().isAfter(now)).findFirst();
    }
  }

  /**
   * Uses the given database.
   *
   * @param rotation how long a key signs
   * @param tokenLifetime how long a token may be accepted after it was signed
   */
  public SigningKeys(Jdbi jdbi, Clock clock, Duration rotation, Duration tokenLifetime) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.rotation = rotation;
    this.tokenLifetime = tokenLifetime;
  }

  /** Returns the key that signs now; creates the first one if {@link #follow} did not yet. */
  RSAKey signing() {
    return keys.signing(clock.instant()).orElseGet(this::firstKey).jwk();
  }

  /** Returns the key with the given id; it may be one that another replica has just created. */
  Optional<RSAKey> find(String id) {
    Optional<RSAKey> known = known(id);
    if (known.isPresent() || clock.instant().isBefore(keys.readAt().plus(BETWEEN_READS))) {
      return known;
    }
    read();
    return known(id);
  }

  /** Returns the public keys (RFC 7517, section 5). */
  public JWKSet published() {
    Keys current = keys.readAt().equals(Instant.EPOCH) ? read() : keys;
    return new JWKSet(current.newestFirst().stream().map(Key::jwk).map(JWK.class::cast).toList())
        .toPublicJWKSet();
  }

  /**
   * Reads the keys, creates the first one and the next one in time, and deletes those that no token
   * needs.
   */
  public void follow() {
    Instant now = clock.instant();
    List<Key> current = read().newestFirst();
    if (current.isEmpty()) {
      firstKey();
      return;
    }
    Key newest = current.get(0);
    if (!now.isBefore(newest.signsFrom().plus(rotation).minus(LEAD))) {
      insert(newest.number() + 1, now.plus(LEAD));
      read();
    }
    current.stream()
        .filter(key -> !key.signsFrom().plus(tokenLifetime).isAfter(now))
        .findFirst()
        .ifPresent(
            old -> jdbi.useExtension(SigningKeyDao.class, dao -> dao.deleteBefore(old.number())));
  }

  private Optional<RSAKey> known(String id) {
    return keys.newestFirst().stream()
        .map(Key::jwk)
        .filter(key -> key.getKeyID().equals(id))
        .findFirst();
  }

  private synchronized Key firstKey() {
    Instant now = clock.instant();
    Keys current = read();
    if (current.newestFirst().isEmpty()) {
      insert(1, now);
      current = read();
    }
    // A key that another replica created may begin to sign a moment later by this clock.
    return current.signing(now).orElseGet(() -> keys.newestFirst().get(0));
  }

  private void insert(int number, Instant signsFrom) {
    String jwk = generate().toJSONString();
    jdbi.useExtension(
        SigningKeyDao.class,
        dao ->
            dao.insert(new SigningKeyRow(number, jwk, signsFrom.truncatedTo(ChronoUnit.MICROS))));
  }

  private Keys read() {
    Keys read =
        new Keys(
            jdbi.withExtension(SigningKeyDao.class, SigningKeyDao::list).stream()
                .map(row -> new Key(row.number(), parse(row.jwk()), row.signsFrom()))
                .toList(),
            clock.instant());
    keys = read;
    return read;
  }

  private static RSAKey generate() {
    try {
      return new RSAKeyGenerator(RSA_BITS)
          .keyID(UUID.randomUUID().toString())
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .generate();
    } catch (JOSEException everyJdkHasRsa) {
      throw new IllegalStateException(everyJdkHasRsa);
    }
  }

  private static RSAKey parse(String jwk) {
    try {
      return RSAKey.parse(jwk);
    } catch (ParseException damaged) {
      throw new IllegalStateException("A row of signing_keys is not a key", damaged);
    }
  }
}
