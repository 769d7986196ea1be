package io.boxoffice.account.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RevocationsDatabaseTest {
  private static final int MOST = 2;

  private final TestDatabase database = TestDatabase.migrated();
  private final Revocations revocations =
      new Revocations(database.jdbi(), Duration.ofMinutes(5), MOST);

  private UUID session(String revokedAt) {
    UUID id = UUID.randomUUID();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "INSERT INTO sessions (id, secret, generation, rotated_at, created_at,"
                        + " expires_at, revoked_at) VALUES (?, '', 0, now(), now(),"
                        + " now() + interval '1 day', "
                        + revokedAt
                        + ")",
                    id));
    return id;
  }

  @Test
  void aRevokedSessionIsKnownUntilItsAccessTokensHaveExpired() {
    UUID active = session("NULL");
    UUID revoked = session("now()");
    UUID longAgo = session("now() - interval '6 minutes'");
    revocations.refresh();
    assertThat(revocations.contains(revoked)).isTrue();
    assertThat(revocations.contains(active)).isFalse();
    assertThat(revocations.contains(longAgo)).as("its tokens have expired").isFalse();
  }

  @Test
  void beyondTheMemoryEachCheckReadsTheDatabase() {
    UUID active = session("NULL");
    List<UUID> revoked = Stream.generate(() -> session("now()")).limit(MOST + 2).toList();
    revocations.refresh();
    assertThat(revoked).allMatch(revocations::contains);
    assertThat(revocations.contains(active)).isFalse();

    UUID later = session("now()");
    assertThat(revocations.contains(later)).as("without another read").isTrue();
  }
}
