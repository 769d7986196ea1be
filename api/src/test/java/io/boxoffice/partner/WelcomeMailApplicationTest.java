package io.boxoffice.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.KeyedPartner.Call;
import io.boxoffice.testing.KeyedPartner.Mood;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestApplication;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Registers accounts in each way, beside an email partner that answers well, wrongly or never. */
class WelcomeMailApplicationTest extends WaysKit {
  private static final String LOST = "follow_ups_lost_total{consumer=\"welcome-mail\",}";

  @ParameterizedTest
  @EnumSource
  void aMailArrivesOnce(Communication way) throws Exception {
    TestApplication shop = start(way);
    Person person = Person.registered(shop.client());

    if (way == Communication.EVENTS) {
      Eventually.within(LIMIT, () -> !partner.effects().isEmpty());
    }
    assertThat(partner.effects())
        .as("asked for before the answer, unless by an event")
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.path()).isEqualTo("/mails");
              assertThat(mail.body()).contains("\"to\":\"" + person.email() + "\"", "Welcome");
            });
    assertThat(partner.calls()).hasSize(1);
    assertThat(counter(shop, "partner_calls_total{partner=\"email\",outcome=\"succeeded\",}"))
        .isOne();
  }

  @ParameterizedTest
  @EnumSource(names = {"BLOCKING", "NONBLOCKING"})
  void aMailOfARequestIsLostIfThePartnerAnswersWronglyOrNever(Communication way) throws Exception {
    TestApplication shop = start(way);
    for (Mood mood : List.of(Mood.GARBAGE, Mood.LARGE, Mood.SILENT, Mood.DOWN)) {
      partner.become(mood);
      Person.registered(shop.client());
    }
    partner.become(Mood.GOOD);
    Person.registered(shop.client());

    assertThat(partner.effects()).hasSize(1);
    assertThat(counter(shop, LOST)).isEqualTo(4);
    assertThat(counter(shop, "partner_calls_total{partner=\"email\",outcome=\"failed\",}"))
        .isEqualTo(3);
    assertThat(counter(shop, "partner_calls_total{partner=\"email\",outcome=\"timed_out\",}"))
        .isOne();
  }

  @Test
  void aMailOfAnEventIsTriedAgainWithItsKey() throws Exception {
    partner.become(Mood.GARBAGE);
    TestApplication shop = start(Communication.EVENTS);
    Person.registered(shop.client());
    Eventually.within(LIMIT, () -> partner.calls().size() == 1);
    partner.become(Mood.LARGE);
    Eventually.within(LIMIT, () -> partner.calls().size() == 2);
    partner.become(Mood.SILENT);
    Eventually.within(LIMIT, () -> partner.calls().size() == 3);
    partner.become(Mood.GOOD);
    Eventually.within(LIMIT, () -> partner.effects().size() == 1);

    assertThat(partner.calls()).extracting(Call::key).hasSize(4).containsOnly(key());
    assertThat(counter(shop, LOST)).isZero();
  }

  private String key() {
    return partner.calls().get(0).key();
  }

  @Test
  void noMailOfAnEventIsLostWhileThePartnerIsDownAndTheReplicaEnds() throws Exception {
    partner.become(Mood.DOWN);
    TestApplication first = start(Communication.EVENTS);
    for (int i = 0; i < 5; i++) {
      Person.registered(first.client());
    }
    stop(first);
    partner.become(Mood.GOOD);
    start(Communication.EVENTS);

    Eventually.within(LIMIT, () -> partner.effects().size() == 5);
  }

  /** Negative control of the test before: the calls of requests end with their replica. */
  @Test
  void mailsOfRequestsAreLostWhileThePartnerIsDown() throws Exception {
    partner.become(Mood.DOWN);
    TestApplication first = start(Communication.NONBLOCKING);
    Person.registered(first.client());
    assertThat(counter(first, LOST)).isOne();
    stop(first);
    partner.become(Mood.GOOD);
    TestApplication second = start(Communication.NONBLOCKING);

    Person.registered(second.client());
    assertThat(partner.effects()).as("only that of the second").hasSize(1);
  }

  @Test
  void anAccountThatIsGoneGetsNoMail() throws Exception {
    TestApplication shop = start(Communication.EVENTS);
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "INSERT INTO outbox (id, type, subject, key, time, data) SELECT id,"
                        + " 'account.registered', id, id, now(), '{}' FROM (SELECT"
                        + " gen_random_uuid() AS id) gone"));
    Person.registered(shop.client());

    Eventually.within(LIMIT, () -> partner.effects().size() == 1);
    assertThat(partner.calls()).hasSize(1);
  }
}
