package io.boxoffice.partner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.postgres.PostgresTransport;
import io.boxoffice.event.postgres.TestSessions;
import io.boxoffice.event.transport.TransportException;
import io.boxoffice.platform.http.client.BoundedClient;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.KeyedPartner;
import io.boxoffice.testing.KeyedPartner.Mood;
import io.boxoffice.testing.TestDatabase;
import io.dropwizard.jackson.Jackson;
import io.prometheus.client.CollectorRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Loses the answer of a partner that has done its work, so that the call is repeated. */
class KeyDatabaseTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final KeyedPartner partner = KeyedPartner.start();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final CollectorRegistry metrics = new CollectorRegistry();
  private final TestSessions sessions = new TestSessions(TestDatabase.migrated());
  private final PostgresTransport transport =
      new PostgresTransport(
          sessions.jdbi(),
          sessions.jdbi(),
          Generators.timeBasedEpochGenerator(),
          Duration.ofMillis(300));

  @AfterEach
  void close() {
    transport.close();
    partner.close();
    threads.shutdownNow();
  }

  private int effectsOfAnEventWith(Function<Event, UUID> key) throws Exception {
    PartnerClient client =
        new PartnerClient(
            Partner.EMAIL,
            URI.create(partner.url() + "/"),
            "",
            new BoundedClient(Duration.ofSeconds(5), PartnerClient.MOST_BYTES, threads),
            Jackson.newObjectMapper(),
            new PartnerMetrics(metrics, Set.of(Partner.EMAIL)));
    new FollowUps(Communication.EVENTS, transport::subscribe, metrics)
        .add(
            FollowUp.toPartner(
                "test",
                Set.of(EventType.ACCOUNT_REGISTERED),
                20,
                FollowUp.Call.each(
                    event ->
                        client.send(PartnerRequest.post("mails", key.apply(event), Map.of())))));
    partner.become(Mood.LOSES_ANSWERS);
    transport.publish(List.of(FollowUpsTest.event(EventType.ACCOUNT_REGISTERED)));
    Eventually.within(LIMIT, () -> !partner.calls().isEmpty());
    partner.become(Mood.GOOD);
    Eventually.within(LIMIT, () -> waiting() == 0);
    assertThat(partner.calls()).hasSizeGreaterThan(1);
    return partner.effects().size();
  }

  private long waiting() {
    try {
      return transport.backlogs().get(0).deliveries();
    } catch (TransportException away) {
      throw new IllegalStateException(away);
    }
  }

  @Test
  void theIdOfTheEventMakesARepetitionHarmless() throws Exception {
    assertThat(effectsOfAnEventWith(Event::id)).isOne();
  }

  /** Negative control. */
  @Test
  void aNewKeyForEachAttemptShowsInTheLedger() throws Exception {
    assertThat(effectsOfAnEventWith(event -> UUID.randomUUID())).isGreaterThan(1);
  }
}
