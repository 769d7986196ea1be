package io.boxoffice.concert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.uuid.Generators;
import io.boxoffice.concert.ConcertCache.Copy;
import io.boxoffice.platform.database.read.Reads;
import io.boxoffice.platform.http.TaggedBytes;
import io.boxoffice.platform.redis.Redis;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestOutbox;
import io.boxoffice.testing.TestRedis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests what replicas share about concerts, with copies that live for an hour. */
class SharedConcertsDatabaseTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final UUID ID = UUID.fromString("01900000-0000-7000-8000-000000000001");

  private static TestRedis server;
  private static Jdbi jdbi;
  private static ConcertService concerts;

  private Replica first;
  private Replica second;

  /** What a replica has of this feature. */
  private record Replica(
      Redis redis, SharedCopies copies, ConcertNotices notices, ConcertCache cache) {

    static Replica start() {
      // A listener must be there before the connection is.
      Redis redis = server.unconnected(Duration.ofSeconds(2));
      SharedCopies copies = new SharedCopies(redis, HOUR);
      ConcertNotices notices = new ConcertNotices(redis, HOUR);
      ConcertCache cache =
          new ConcertCache(
              concerts,
              new ConcertList(jdbi, Reads.ofPrimary(jdbi), Clock.systemUTC()),
              new ObjectMapper().registerModule(new JavaTimeModule()),
              HOUR,
              copies,
              notices::changed);
      server.connect(redis);
      return new Replica(redis, copies, notices, cache);
    }

    String read(String fromDatabase) {
      return copies.read(ID, () -> fromDatabase).json();
    }
  }

  @BeforeAll
  static void open() {
    server = TestRedis.running();
    jdbi = TestDatabase.migrated().jdbi();
    concerts =
        new ConcertService(
            jdbi, Clock.systemUTC(), Generators.timeBasedEpochGenerator(), TestOutbox.create());
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @BeforeEach
  void begin() {
    server.with(commands -> commands.flushall() + commands.configResetstat());
    first = Replica.start();
    second = Replica.start();
  }

  @AfterEach
  void end() {
    first.redis().stop();
    second.redis().stop();
  }

  private static String noQuery() {
    throw new AssertionError("the database was read");
  }

  private static void awaitCopy(UUID id) {
    Eventually.within(
        LIMIT, () -> server.<Long>with(commands -> commands.strlen(SharedCopies.key(id))) > 0);
  }

  @Test
  void aSecondReplicaReadsTheCopyOfTheFirst() {
    assertThat(first.read("{\"title\":\"Zoë\"}")).isEqualTo("{\"title\":\"Zoë\"}");
    awaitCopy(ID);
    assertThat(second.copies().read(ID, SharedConcertsDatabaseTest::noQuery).json())
        .isEqualTo("{\"title\":\"Zoë\"}");
  }

  @Test
  void aCopyGetsNoOlderByBeingShared() {
    first.read("{}");
    awaitCopy(ID);
    server.with(commands -> commands.pexpire(SharedCopies.key(ID), 20_000));
    Copy copy = second.copies().read(ID, SharedConcertsDatabaseTest::noQuery);
    assertThat(copy.lifetime()).isLessThanOrEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void aCopyThatArrivesAfterItsTimeIsNotStored() {
    // Redis must know the scripts, so that each is one request.
    UUID other = UUID.randomUUID();
    assertThat(first.copies().read(other, () -> "{}").json()).isEqualTo("{}");
    awaitCopy(other);
    SharedCopies brief = new SharedCopies(first.redis(), Duration.ofMillis(100));
    Copy copy =
        brief.read(
            ID,
            () -> {
              // Redis gets the copy, and stores it only after the pause.
              server.with(commands -> commands.clientPause(300));
              return "{}";
            });
    assertThat(copy.json()).isEqualTo("{}");
    // The scripts of one connection run in their order: a stored copy would be there.
    assertThat(first.read("{\"title\":\"newer\"}")).contains("newer");
  }

  @Test
  void aSaleRemovesTheCopyOfEveryReplica() {
    String concert = insertConcert();
    UUID id = UUID.fromString(concert);
    TaggedBytes before = second.cache().get(id);
    jdbi.useHandle(handle -> handle.execute("UPDATE ticket_types SET available = available - 1"));
    assertThat(second.cache().get(id).tag()).isEqualTo(before.tag());

    first.notices().sold(id);
    first.notices().exchange(first.cache());
    Eventually.within(
        LIMIT,
        () -> {
          second.notices().exchange(second.cache());
          return !second.cache().get(id).tag().equals(before.tag());
        });
  }

  @Test
  void manySalesOfOneConcertCauseOneNotice() {
    for (int i = 0; i < 1_000; i++) {
      first.notices().sold(ID);
    }
    first.notices().exchange(first.cache());
    first.notices().exchange(first.cache());
    assertThat(published()).isEqualTo(1);
  }

  /** The calls of PUBLISH, after everything that was sent before. */
  private long published() {
    first.read("{}");
    String stats = server.with(commands -> commands.info("commandstats"));
    return Long.parseLong(stats.replaceFirst("(?s).*cmdstat_publish:calls=(\\d+).*", "$1"));
  }

  @Test
  void afterAnOperatorsChangeNothingReadBeforeItIsStored() {
    Copy unused =
        first
            .copies()
            .read(
                ID,
                () -> {
                  // The change comes while the first replica has already read the database.
                  second.notices().changed(ID);
                  second.notices().sold(ID);
                  second.notices().exchange(second.cache());
                  return "{\"title\":\"old\"}";
                });
    assertThat(first.read("{\"title\":\"new\"}")).contains("new");
    assertThat(second.read("{\"title\":\"new\"}")).contains("new");
  }

  @Test
  void anOperatorsChangeIsSeenByTheSecondReplicaBeforeItsCopiesExpire() {
    UUID id = UUID.fromString(insertConcert());
    second.cache().get(id);
    TaggedBytes page = second.cache().list(null, null, 100).value();
    jdbi.useHandle(handle -> handle.execute("UPDATE concerts SET title = title || '!'"));

    first.cache().changed(id);
    Eventually.within(
        LIMIT,
        () -> {
          second.notices().exchange(second.cache());
          return !second.cache().list(null, null, 100).value().tag().equals(page.tag());
        });
  }

  private static String insertConcert() {
    Instant start = Instant.now().plus(Duration.ofDays(30));
    return concerts
        .create(
            new NewConcert(
                "Title",
                "Artist",
                "Venue",
                start,
                null,
                null,
                null,
                List.of(new NewConcert.NewTicketType("Seat", new Price(100L, "EUR"), 10))))
        .concert()
        .id()
        .toString();
  }
}
