package io.boxoffice.event;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.event.model.Event;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.DeadLetterRows;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads, replays and drops dead letters over HTTP. */
class DeadLetterApplicationTest {
  private static final TestDatabase DATABASE = TestDatabase.migrated();

  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.on(DATABASE);

  private final ApiClient api = APPLICATION.client();
  private final List<Event> events = new ArrayList<>();
  private final List<UUID> ids = new ArrayList<>();

  @BeforeEach
  void createThree() {
    DATABASE
        .jdbi()
        .useHandle(handle -> handle.execute("TRUNCATE dead_letters, deliveries, consumers"));
    for (int i = 0; i < 3; i++) {
      events.add(DeadLetterRows.event());
      ids.add(DeadLetterRows.insert(DATABASE, events.get(i)));
    }
  }

  private static long count(String table) {
    return DATABASE
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one());
  }

  @Test
  void theListHasPagesAndTheWholeEvent() {
    Answer first = api.get("/v1/dead-letters?limit=2", operator());
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body().path("items")).hasSize(2);
    JsonNode letter = first.body().path("items").get(0);
    assertThat(letter.path("id").asText()).isEqualTo(ids.get(0).toString());
    assertThat(letter.path("consumer").asText()).isEqualTo("search");
    assertThat(letter.path("failure").asText()).isEqualTo("no index");
    assertThat(letter.path("deliveries").asInt()).isEqualTo(5);
    assertThat(Instant.parse(letter.path("failedAt").asText()))
        .isBefore(Instant.now().plusSeconds(60));
    assertThat(Event.fromJson(letter.path("event").toString())).isEqualTo(events.get(0));
    Answer last = api.get("/v1/dead-letters?limit=2&after=" + first.text("next"), operator());
    assertThat(last.body().path("items")).hasSize(1);
    assertThat(last.body().path("next").isNull()).isTrue();
  }

  @Test
  void aReplayDeliversTheEventAgain() {
    assertThat(post(ids.get(1)).status()).isEqualTo(204);
    assertThat(count("dead_letters")).isEqualTo(2);
    assertThat(count("deliveries WHERE consumer = 'search' AND attempts = 0")).isEqualTo(1);
    Answer again = post(ids.get(1));
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.text("code")).isEqualTo("not-found");
  }

  private Answer post(UUID id) {
    return api.send("POST", "/v1/dead-letters/" + id + "/replay", null, operator());
  }

  @Test
  void aDroppedOneIsGone() {
    String path = "/v1/dead-letters/" + ids.get(1);
    assertThat(api.send("DELETE", path, null, operator()).status()).isEqualTo(204);
    assertThat(count("dead_letters")).isEqualTo(2);
    assertThat(count("deliveries")).isZero();
    assertThat(api.send("DELETE", path, null, operator()).status()).isEqualTo(404);
  }

  @Test
  void onlyOperatorsMayCall() {
    assertThat(api.get("/v1/dead-letters").status()).isEqualTo(401);
    assertThat(api.send("DELETE", "/v1/dead-letters/" + ids.get(0), null).status()).isEqualTo(401);
    assertThat(api.send("POST", "/v1/dead-letters/" + ids.get(0) + "/replay", null).status())
        .isEqualTo(401);
    assertThat(count("dead_letters")).isEqualTo(3);
  }
}
