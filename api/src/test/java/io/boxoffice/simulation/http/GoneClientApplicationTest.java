package io.boxoffice.simulation.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.simulation.SimulationClient;
import io.boxoffice.simulation.rule.Rule;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.TestApplication;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests clients that disconnect during the delay of their request, after more or less data. */
class GoneClientApplicationTest {
  @RegisterExtension private static final TestApplication APPLICATION = TestApplication.shipped();

  private static final SimulationClient SIMULATION = new SimulationClient(APPLICATION);

  private static final Pattern ACTIVE = Pattern.compile("(?m)^simulation_active_delays (\\S+)$");
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String UNDELAYED = "Simulation-Profile: off";

  private enum Departure {
    CLOSES,
    CLOSES_ITS_SENDING_HALF,
    RESETS;

    void of(RawConnection client) throws IOException {
      switch (this) {
        case CLOSES -> client.close();
        case CLOSES_ITS_SENDING_HALF -> client.shutdownOutput();
        case RESETS -> client.reset();
      }
    }
  }

  private enum Ahead {
    NOTHING,
    A_LINE_END,
    LINE_ENDS_BYTE_BY_BYTE,
    THE_BEGINNING_OF_A_REQUEST,
    HEADERS_WITHOUT_THEIR_BODY,
    NO_HTTP,
    A_PURCHASE,
    TEN_PURCHASES,
    A_HUNDRED_PURCHASES,
    TEN_PURCHASES_BYTE_BY_BYTE,
    TEN_UNDELAYED_PURCHASES;

    List<String> of(PipelinedPurchases purchases) {
      return switch (this) {
        case NOTHING -> List.of();
        case A_LINE_END -> List.of("\r\n");
        case LINE_ENDS_BYTE_BY_BYTE -> bytes("\r\n".repeat(50));
        case THE_BEGINNING_OF_A_REQUEST -> List.of("POST /v1/conc");
        case HEADERS_WITHOUT_THEIR_BODY -> List.of(purchases.one(2).split("\\{", 2)[0]);
        case NO_HTTP -> List.of("\0\1\2 and so on");
        case A_PURCHASE -> List.of(purchases.one(2));
        case TEN_PURCHASES -> List.of(purchases.of(2, 11));
        case A_HUNDRED_PURCHASES -> List.of(purchases.of(2, 101));
        case TEN_PURCHASES_BYTE_BY_BYTE -> bytes(purchases.of(2, 11));
        case TEN_UNDELAYED_PURCHASES -> List.of(purchases.of(2, 11, UNDELAYED));
      };
    }

    private static List<String> bytes(String text) {
      return text.chars().mapToObj(Character::toString).toList();
    }
  }

  @AfterEach
  void turnOff() {
    assertThat(SIMULATION.put("{}").status()).isEqualTo(200);
  }

  static Stream<Arguments> departures() {
    List<Arguments> all = new ArrayList<>();
    for (Ahead ahead : Ahead.values()) {
      for (Departure departure : Departure.values()) {
        for (Rule.Phase phase : Rule.Phase.values()) {
          all.add(Arguments.of(ahead, departure, phase));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("departures")
  void clientThatSendsAheadAndDisconnectsFreesItsPlace(
      Ahead ahead, Departure departure, Rule.Phase phase) throws Exception {
    PipelinedPurchases purchases = new PipelinedPurchases(SIMULATION.concert());
    delayForLong(phase);
    double before = active();

    try (RawConnection client = RawConnection.to(APPLICATION.port())) {
      client.send(purchases.one(1));
      awaitActive(before + 1);
      for (String piece : ahead.of(purchases)) {
        client.send(piece);
      }
      departure.of(client);

      awaitActive(before);
    }
    assertOnlyTheFirstWasSold(purchases, phase);
  }

  @ParameterizedTest
  @MethodSource("departures")
  void clientThatPipelinesAndDisconnectsFreesItsPlace(
      Ahead ahead, Departure departure, Rule.Phase phase) throws Exception {
    PipelinedPurchases purchases = new PipelinedPurchases(SIMULATION.concert());
    delayForLong(phase);
    double before = active();

    try (RawConnection client = RawConnection.to(APPLICATION.port())) {
      client.send(purchases.one(1) + String.join("", ahead.of(purchases)));
      awaitActive(before + 1);
      departure.of(client);

      awaitActive(before);
    }
    assertOnlyTheFirstWasSold(purchases, phase);
  }

  private static void assertOnlyTheFirstWasSold(PipelinedPurchases purchases, Rule.Phase phase) {
    SIMULATION.awaitMetric("http_requests_in_flight 0.0");
    // In the response phase, the first sale is complete before the client disconnects.
    assertThat(SIMULATION.sold(purchases.concert()))
        .isEqualTo(phase == Rule.Phase.REQUEST ? 0 : PipelinedPurchases.tickets(1, 1));
  }

  private static void delayForLong(Rule.Phase phase) {
    SIMULATION.follow(
        "\"allowProfileHeader\": true, \"limits\": {\"maxDelay\": \"5m\"},",
        "\"phase\": \""
            + phase.word()
            + "\", \"delay\": {\"distribution\": {\"type\": \"fixed\", \"value\": \"5m\"}}");
  }

  private static double active() {
    Matcher gauge = ACTIVE.matcher(SIMULATION.metrics());
    assertThat(gauge.find()).isTrue();
    return Double.parseDouble(gauge.group(1));
  }

  private static void awaitActive(double slots) {
    Eventually.within(SOON, () -> active() == slots);
  }
}
