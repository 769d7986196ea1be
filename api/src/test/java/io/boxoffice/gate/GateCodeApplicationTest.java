package io.boxoffice.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.TestApplication;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class GateCodeApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped().with("gates.token", Evening.TOKEN).signing();

  private Evening evening;

  @BeforeEach
  void prepare() {
    evening = new Evening(APPLICATION.client());
  }

  private static String codeOf(String ticket) {
    return APPLICATION.client().get("/v1/tickets/" + ticket).text("code");
  }

  /** The result of each scan with its reason, if it has one. */
  private static String[] results(Answer answer) {
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    JsonNode results = answer.body().path("results");
    return IntStream.range(0, results.size())
        .mapToObj(results::get)
        .map(
            result ->
                (result.path("result").asText() + " " + result.path("reason").asText("")).strip())
        .toArray(String[]::new);
  }

  @Test
  void aCodeAdmitsItsTicketOnceHoweverItIsRead() {
    String ticket = evening.ticket();
    String code = codeOf(ticket);
    Answer answer =
        evening.send(
            evening.scanOfCode(1, code), evening.scanOfCode(2, code), evening.scan(3, ticket));
    assertThat(results(answer))
        .containsExactly("admitted", "refused already-admitted", "refused already-admitted");
  }

  @Test
  void whatTheShopDidNotSignIsForged() {
    String code = codeOf(evening.ticket());
    String other = codeOf(evening.ticket());
    String signatureOfAnother = code.substring(0, 60) + other.substring(60);
    String truncated = code.substring(0, 100);
    Answer answer =
        evening.send(
            evening.scanOfCode(1, signatureOfAnother),
            evening.scanOfCode(2, truncated),
            evening.scanOfCode(3, "BX1:ABC"),
            evening.scanOfCode(4, code));
    assertThat(results(answer))
        .containsExactly("refused forged", "refused forged", "refused forged", "admitted");
  }

  @Test
  void aCodeOfAnotherConcertIsRefused() {
    Evening other = new Evening(APPLICATION.client());
    Answer answer = evening.send(evening.scanOfCode(1, codeOf(other.ticket())));
    assertThat(results(answer)).containsExactly("refused wrong-concert");
  }
}
