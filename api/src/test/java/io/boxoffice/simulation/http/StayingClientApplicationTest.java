package io.boxoffice.simulation.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.platform.http.server.ReadAheadEndPoint;
import io.boxoffice.simulation.SimulationClient;
import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.TestApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that clients that send more requests during a delay get a response to each of them. */
class StayingClientApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped().with("server.applicationConnectors[0].idleTimeout", "20s");

  private static final SimulationClient SIMULATION = new SimulationClient(APPLICATION);

  private static final String UNDELAYED = "Simulation-Profile: off";
  private static final String BRIEFLY = "Simulation-Profile: brief";

  private PipelinedPurchases purchases;

  @BeforeEach
  void delay() {
    purchases = new PipelinedPurchases(SIMULATION.concert());
    String rule = "[{\"id\": \"%s\", " + SimulationClient.PURCHASES + ", %s}]";
    String profiles =
        String.join(
            ", ",
            "\"long\": " + rule.formatted("long", delay(100, "fixed", "\"value\": \"700ms\"")),
            "\"brief\": "
                + rule.formatted(
                    "brief", delay(80, "uniform", "\"min\": \"0ms\", \"max\": \"8ms\"")),
            "\"held\": "
                + rule.formatted(
                    "held",
                    "\"phase\": \"response\", "
                        + delay(80, "uniform", "\"min\": \"0ms\", \"max\": \"8ms\"")));
    var answer =
        SIMULATION.put(
            "{\"activeProfile\": \"long\", \"allowProfileHeader\": true, \"profiles\": {%s}}"
                .formatted(profiles));
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
  }

  @AfterEach
  void turnOff() {
    assertThat(SIMULATION.put("{}").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "1, Simulation-Profile: off",
    "10, Simulation-Profile: off",
    "100, Simulation-Profile: off",
    "1, Simulation-Profile: brief",
    "10, Simulation-Profile: brief",
    "100, Simulation-Profile: brief",
    "100, Simulation-Profile: held"
  })
  void requestsSentAheadAreAnsweredInOrder(int ahead, String profile) throws Exception {
    try (RawConnection client = RawConnection.to(APPLICATION.port())) {
      client.send(purchases.one(0));
      SIMULATION.awaitMetric("simulation_active_delays 1.0");
      client.send(purchases.of(1, ahead, profile));

      assertAnswered(client, 0, ahead);
    }
    assertSold(0, ahead);
  }

  @ParameterizedTest
  @CsvSource({"1", "10", "100"})
  void requestsSentInOnePieceAreAnsweredInOrder(int ahead) throws Exception {
    try (RawConnection client = RawConnection.to(APPLICATION.port())) {
      client.send(purchases.one(0) + purchases.of(1, ahead, BRIEFLY));

      assertAnswered(client, 0, ahead);
    }
    assertSold(0, ahead);
  }

  @Test
  void requestsBeyondTheReadAheadLimitAreAnsweredInOrder() throws Exception {
    int ahead = 380;
    String rest = purchases.of(1, ahead, UNDELAYED, "X-Padding: " + "x".repeat(200));
    assertThat(rest.length()).isGreaterThan(2 * ReadAheadEndPoint.MOST_BYTES);
    try (RawConnection client = RawConnection.to(APPLICATION.port())) {
      client.send(purchases.one(0));
      SIMULATION.awaitMetric("simulation_active_delays 1.0");
      client.send(rest);

      assertAnswered(client, 0, ahead);
    }
    assertSold(0, ahead);
  }

  @ParameterizedTest
  @ValueSource(ints = {511, 512, 513, 1024, 4096, ReadAheadEndPoint.MOST_BYTES})
  void noByteIsLostWhenABufferIsExactlyFull(int bytes) throws Exception {
    int ahead = bytes / 500;
    StringBuilder rest = new StringBuilder(ofLength(1, bytes - 500 * (ahead - 1)));
    for (int number = 2; number <= ahead; number++) {
      rest.append(ofLength(number, 500));
    }
    assertThat(rest).hasSize(bytes);
    try (RawConnection client = RawConnection.to(APPLICATION.port())) {
      client.send(purchases.one(0));
      SIMULATION.awaitMetric("simulation_active_delays 1.0");
      client.send(rest.toString());

      assertAnswered(client, 0, ahead);
    }
    assertSold(0, ahead);
  }

  private String ofLength(int number, int length) {
    String bare = purchases.one(number, UNDELAYED, "X-Padding: ");
    return purchases.one(number, UNDELAYED, "X-Padding: " + "x".repeat(length - bare.length()));
  }

  @Test
  void connectionStaysUsableAfterLineEndsAndHalfARequest() throws Exception {
    try (RawConnection client = RawConnection.to(APPLICATION.port())) {
      client.send(purchases.one(0));
      SIMULATION.awaitMetric("simulation_active_delays 1.0");
      String next = purchases.one(1, UNDELAYED);
      client.send("\r\n");
      client.send(next.substring(0, 30));
      assertAnswered(client, 0, 0);
      client.send(next.substring(30));
      assertAnswered(client, 1, 1);
      client.send("\r\n");
      client.send(purchases.one(2, UNDELAYED));
      assertAnswered(client, 2, 2);
    }
    assertSold(0, 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void requestsInPiecesOfAnySizeAreAnsweredInOrder(long seed) throws Exception {
    Random random = new Random(seed);
    List<Sender> senders = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        senders.add(new Sender(RawConnection.to(APPLICATION.port()), purchases, random, 20 * i));
      }
      List<Sender> sending = new ArrayList<>(senders);
      while (!sending.isEmpty()) {
        Sender next = sending.get(random.nextInt(sending.size()));
        if (!next.sendSome(random)) {
          sending.remove(next);
        }
      }
      for (Sender sender : senders) {
        sender.readTheRest();
      }
    } finally {
      for (Sender sender : senders) {
        sender.client.close();
      }
    }
    assertSold(0, 79);
  }

  /** One of several clients, which sends 20 purchases and reads some responses in between. */
  private static final class Sender {
    private static final int REQUESTS = 20;

    private final RawConnection client;
    private final PipelinedPurchases purchases;
    private final int end;
    private final String text;
    private final List<Integer> ends = new ArrayList<>();
    private int sent;
    private int read;

    Sender(RawConnection client, PipelinedPurchases purchases, Random random, int first) {
      this.client = client;
      this.purchases = purchases;
      this.read = first;
      this.end = first + REQUESTS;
      StringBuilder all = new StringBuilder();
      for (int number = first; number < end; number++) {
        String profile =
            "Simulation-Profile: " + List.of("off", "brief", "held").get(random.nextInt(3));
        all.append(
            random.nextBoolean()
                ? purchases.one(number, profile)
                : purchases.inChunks(number, profile));
        ends.add(all.length());
        all.append("\r\n".repeat(Math.max(0, random.nextInt(6) - 3)));
      }
      this.text = all.toString();
    }

    /** Sends the next piece. Sometimes it also reads the responses to all complete requests. */
    boolean sendSome(Random random) throws Exception {
      int piece = 1 + random.nextInt(random.nextBoolean() ? 5 : 900);
      int until = Math.min(text.length(), sent + piece);
      client.send(text.substring(sent, until));
      sent = until;
      if (random.nextInt(8) == 0) {
        int first = end - REQUESTS;
        while (read < end && ends.get(read - first) <= sent) {
          readOne();
        }
      }
      return sent < text.length();
    }

    void readTheRest() throws Exception {
      while (read < end) {
        readOne();
      }
    }

    private void readOne() throws Exception {
      purchases.check(read, client.readAnswer());
      read++;
    }
  }

  private void assertAnswered(RawConnection client, int first, int last) throws Exception {
    for (int number = first; number <= last; number++) {
      purchases.check(number, client.readAnswer());
    }
  }

  private void assertSold(int first, int last) {
    assertThat(SIMULATION.sold(purchases.concert()))
        .isEqualTo(PipelinedPurchases.tickets(first, last));
  }

  private static String delay(int percent, String type, String parameters) {
    return "\"delay\": {\"percent\": %d, \"distribution\": {\"type\": \"%s\", %s}}"
        .formatted(percent, type, parameters);
  }
}
