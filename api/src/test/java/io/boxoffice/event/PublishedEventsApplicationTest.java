package io.boxoffice.event;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each change of the shop reaches a consumer as one event, by the whole service. */
class PublishedEventsApplicationTest {
  private static final TestDatabase DATABASE = TestDatabase.migrated();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.on(DATABASE).signing();

  private final ApiClient api = APPLICATION.client();

  /** A consumer without a subscription: its deliveries stay in the table. */
  @BeforeAll
  static void consumeAll() {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "INSERT INTO consumers (name, types, seen_at) VALUES ('all', ?, now())",
                    (Object)
                        Stream.of(EventType.values()).map(EventType::text).toArray(String[]::new)));
  }

  private static List<Event> of(UUID subject) {
    return DATABASE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT event FROM deliveries ORDER BY position")
                    .mapTo(String.class)
                    .map(Event::fromJson)
                    .filter(event -> event.subject().equals(subject))
                    .list());
  }

  private static List<Event> of(String subject, int count) {
    UUID id = UUID.fromString(subject);
    Eventually.within(LIMIT, () -> of(id).size() >= count);
    assertThat(of(id)).hasSize(count);
    return of(id);
  }

  private static JsonNode data(Event event) {
    try {
      return new ObjectMapper().readTree(event.data());
    } catch (JsonProcessingException cause) {
      throw new IllegalStateException(cause);
    }
  }

  @Test
  void theLifeOfAConcert() {
    String id = api.createConcert(100, operator()).path("id").asText();
    api.send("PATCH", "/v1/concerts/" + id, "{\"title\": \"Ünplugged\"}", operator());
    api.post("/v1/concerts/" + id + "/cancellation", null, operator());
    api.post("/v1/concerts/" + id + "/cancellation", null, operator());
    List<Event> events = of(id, 3);
    assertThat(events).extracting(Event::type).containsOnly("concert.changed");
    assertThat(events).extracting(Event::key).containsOnly(UUID.fromString(id));
    assertThat(events)
        .extracting(event -> data(event).path("change").asText())
        .containsExactly("created", "updated", "cancelled");
    assertThat(data(events.get(1)).path("title").asText()).isEqualTo("Ünplugged");
    String other = api.createConcert(100, operator()).path("id").asText();
    api.send("DELETE", "/v1/concerts/" + other, null, operator());
    assertThat(data(of(other, 2).get(1)).path("change").asText()).isEqualTo("deleted");
  }

  @Test
  void aRejectedChangeHasNoEvent() {
    String id = api.createConcert(1, operator()).path("id").asText();
    assertThat(api.buy(id, 1).status()).isEqualTo(201);
    assertThat(api.send("DELETE", "/v1/concerts/" + id, null, operator()).status()).isEqualTo(409);
    assertThat(api.buy(id, 1).status()).isEqualTo(409);
    of(id, 1);
    assertThat(ofConcert(id, "purchase.made")).hasSize(1);
  }

  private static List<Event> ofConcert(String id, String type) {
    return DATABASE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT event FROM deliveries WHERE key = ? ORDER BY position")
                    .bind(0, UUID.fromString(id))
                    .mapTo(String.class)
                    .map(Event::fromJson)
                    .filter(event -> event.type().equals(type))
                    .list());
  }

  @Test
  void aPurchaseAndItsCancellation() {
    String concert = api.createConcert(100, operator()).path("id").asText();
    Answer bought = api.buy(concert, 2, "Idempotency-Key", "published-1");
    api.buy(concert, 2, "Idempotency-Key", "published-1");
    String id = bought.text("id");
    String cancellation = "/v1/purchases/" + id + "/cancellation";
    assertThat(api.post(cancellation, null).status()).isEqualTo(200);
    api.post(cancellation, null);
    List<Event> events = of(id, 2);
    assertThat(events)
        .extracting(Event::type)
        .containsExactly("purchase.made", "purchase.cancelled");
    assertThat(events).extracting(Event::key).containsOnly(UUID.fromString(concert));
    assertThat(events.get(0).id()).isEqualTo(UUID.fromString(id));
    assertThat(events.get(1).id()).isNotEqualTo(UUID.fromString(id));
    for (Event event : events) {
      assertThat(data(event).path("quantity").asInt()).isEqualTo(2);
      assertThat(data(event).path("ticketTypeId").asText()).isEqualTo(bought.text("ticketTypeId"));
      assertThat(event.data()).doesNotContain("@");
    }
  }

  @Test
  void manyPurchasesHaveOneEventEach() {
    String concert = api.createConcert(200, operator()).path("id").asText();
    Set<UUID> sold =
        api.rush(concert, 250).stream()
            .filter(answer -> answer.status() == 201)
            .map(answer -> UUID.fromString(answer.text("id")))
            .collect(Collectors.toSet());
    assertThat(sold).isNotEmpty();
    Eventually.within(LIMIT, () -> ofConcert(concert, "purchase.made").size() >= sold.size());
    assertThat(ofConcert(concert, "purchase.made"))
        .hasSize(sold.size())
        .extracting(Event::subject)
        .containsExactlyInAnyOrderElementsOf(sold);
  }

  @Test
  void theCancellationOfAConcertCancelsEachPurchase() {
    String concert = api.createConcert(100, operator()).path("id").asText();
    List<String> bought = Stream.generate(() -> api.buy(concert, 1).text("id")).limit(5).toList();
    api.post("/v1/concerts/" + concert + "/cancellation", null, operator());
    Eventually.within(LIMIT, () -> ofConcert(concert, "purchase.cancelled").size() == 5);
    assertThat(ofConcert(concert, "purchase.cancelled"))
        .extracting(event -> event.subject().toString())
        .containsExactlyInAnyOrderElementsOf(bought);
    assertThat(ofConcert(concert, "purchase.cancelled"))
        .extracting(Event::id)
        .doesNotHaveDuplicates();
  }

  @Test
  void aRegistrationAndAPurchaseOfTheAccount() {
    Person buyer = Person.signedIn(api);
    Answer me = api.get("/v1/accounts/me", buyer.bearer());
    Event registered = of(me.text("id"), 1).get(0);
    assertThat(registered.type()).isEqualTo("account.registered");
    assertThat(registered.data()).isEqualTo("{\"by\":\"password\"}");
    String concert = api.createConcert(100, operator()).path("id").asText();
    Answer bought = api.buy(concert, 1, buyer.bearer());
    assertThat(data(of(bought.text("id"), 1).get(0)).path("accountId").asText())
        .isEqualTo(me.text("id"));
  }

  @Test
  void anOrderHoldsTickets() {
    String concert = api.createConcert(100, operator()).path("id").asText();
    Answer order =
        api.post(
            "/v1/concerts/" + concert + "/orders",
            "{\"email\": \"ada@example.com\", \"quantity\": 3}");
    Event held = of(order.text("id"), 1).get(0);
    assertThat(held.type()).isEqualTo("order.held");
    JsonNode data = data(held);
    assertThat(data.path("quantity").asInt()).isEqualTo(3);
    assertThat(data.path("total")).isEqualTo(order.body().path("total"));
    assertThat(Instant.parse(data.path("expiresAt").asText()))
        .isEqualTo(Instant.parse(order.text("expiresAt")));
    assertThat(data.has("accountId")).isFalse();
    api.send("DELETE", "/v1/orders/" + order.text("id"), null);
    api.send("DELETE", "/v1/orders/" + order.text("id"), null);
    assertThat(of(order.text("id"), 2).get(1).type()).isEqualTo("order.cancelled");
  }
}
