package io.boxoffice.platform.key;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Holds keys that sign. All replicas share them through a table. The first replica creates the
 * first key when it starts. A later key is published for some time before it signs, so that every
 * verifier has it; an old key loses its private part, and is published as long as what it signed
 * may be verified.
 *
 * @param <K> the type of the keys
 */
public final class RotatingKeys<K extends JWK> {
  /** The time between two calls of {@link #follow}. */
  public static final Duration POLL = Duration.ofSeconds(30);

  /** How long verifiers may cache the public keys. */
  public static final Duration PUBLIC_MAX_AGE = Duration.ofMinutes(5);

  /** How often an unknown key id may cause a read. */
  private static final Duration BETWEEN_READS = Duration.ofSeconds(1);

  private final Jdbi jdbi;
  private final Clock clock;
  private final KeyKind<K> kind;
  private volatile Keys<K> keys = new Keys<>(List.of(), Instant.EPOCH);

  private record Key<K extends JWK>(int number, K jwk, Instant signsFrom) {}

  /** The keys, newest first, and when they were read. */
  private record Keys<K extends JWK>(List<Key<K>> newestFirst, Instant readAt) {
    Optional<Key<K>> signing(Instant now) {
      return newestFirst.stream()
          .filter(key -> !key.signsFrom().isAfter(now) && key.jwk().isPrivate())
          .findFirst();
    }

    Optional<Key<K>> newestPrivate() {
      return newestFirst.stream().filter(key -> key.jwk().isPrivate()).findFirst();
    }

    int highestNumber() {
      return newestFirst.stream().mapToInt(Key::number).max().orElse(0);
    }
  }

  /** Uses the table of the kind in the given database. */
  public RotatingKeys(Jdbi jdbi, Clock clock, KeyKind<K> kind) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.kind = kind;
  }

  /** Returns the key that signs now; creates the first one if {@link #follow} did not yet. */
  public K signing() {
    return keys.signing(clock.instant()).orElseGet(this::firstKey).jwk();
  }

  /**
   * Returns the key with the given id; it may be one that another replica has just created, and may
   * have no private part.
   */
  public Optional<K> find(String id) {
    Optional<K> known = known(id);
    if (known.isPresent() || clock.instant().isBefore(keys.readAt().plus(BETWEEN_READS))) {
      return known;
    }
    read();
    return known(id);
  }

  /** Returns the public keys (RFC 7517, section 5). */
  public JWKSet published() {
    Keys<K> current = keys.readAt().equals(Instant.EPOCH) ? read() : keys;
    return new JWKSet(current.newestFirst().stream().map(Key::jwk).map(JWK.class::cast).toList())
        .toPublicJWKSet();
  }

  /**
   * Reads the keys, creates the first one and the next one in time, erases the private parts of
   * those that sign no more, and deletes those that no verifier needs.
   */
  public void follow() {
    Instant now = clock.instant();
    Keys<K> read = read();
    if (read.newestPrivate().isEmpty()) {
      firstKey();
      return;
    }
    List<Key<K>> current = read.newestFirst();
    if (!now.isBefore(current.get(0).signsFrom().plus(kind.rotation()).minus(kind.lead()))) {
      insert(kind.numbers().after(read.highestNumber()), now.plus(kind.lead()));
      read();
    }
    erasePrivateParts(current, now);
    signedFor(current, kind.kept(), now)
        .ifPresent(
            key ->
                jdbi.useExtension(
                    KeyDao.class, dao -> dao.deleteBefore(kind.table(), key.signsFrom())));
  }

  /** Returns the newest key that has signed for so long. */
  private static <K extends JWK> Optional<Key<K>> signedFor(
      List<Key<K>> newestFirst, Duration time, Instant now) {
    return newestFirst.stream().filter(key -> !key.signsFrom().plus(time).isAfter(now)).findFirst();
  }

  /** The lead is longer than the clocks of two replicas differ. */
  private void erasePrivateParts(List<Key<K>> newestFirst, Instant now) {
    signedFor(newestFirst, kind.lead(), now)
        .ifPresent(
            signing ->
                newestFirst.stream()
                    .filter(key -> key.signsFrom().isBefore(signing.signsFrom()))
                    .filter(key -> key.jwk().isPrivate())
                    .forEach(this::erasePrivatePart));
  }

  private void erasePrivatePart(Key<K> key) {
    String publicJwk = key.jwk().toPublicJWK().toJSONString();
    jdbi.useExtension(
        KeyDao.class, dao -> dao.erasePrivatePart(kind.table(), key.number(), publicJwk));
  }

  private Optional<K> known(String id) {
    return keys.newestFirst().stream()
        .map(Key::jwk)
        .filter(key -> key.getKeyID().equals(id))
        .findFirst();
  }

  /** Creates a key that signs at once, unless there is one. */
  private synchronized Key<K> firstKey() {
    Instant now = clock.instant();
    Keys<K> current = read();
    if (current.newestPrivate().isEmpty()) {
      insert(kind.numbers().after(current.highestNumber()), now);
      current = read();
    }
    // A key that another replica created may begin to sign a moment later by this clock.
    return current.signing(now).or(current::newestPrivate).orElseThrow();
  }

  private void insert(int number, Instant signsFrom) {
    String jwk = kind.generator().apply(number).toJSONString();
    KeyRow row = new KeyRow(number, jwk, signsFrom.truncatedTo(ChronoUnit.MICROS));
    jdbi.useExtension(KeyDao.class, dao -> dao.insert(kind.table(), row));
  }

  private Keys<K> read() {
    Keys<K> read =
        new Keys<>(
            jdbi.withExtension(KeyDao.class, dao -> dao.list(kind.table())).stream()
                .map(row -> new Key<>(row.number(), kind.parse(row.jwk()), row.signsFrom()))
                .toList(),
            clock.instant());
    keys = read;
    return read;
  }
}
