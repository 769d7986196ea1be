package io.boxoffice.stress.compare.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.stress.compare.audit.Answer;
import io.boxoffice.stress.compare.audit.Audit;
import io.boxoffice.stress.compare.audit.Effects;
import io.boxoffice.stress.compare.audit.Window;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the audit finds in the ledgers of the partners and in the shop. */
class LedgersTest {
  private static final Window WINDOW = new Window(0, 1_000);

  @Test
  void aConfirmedOrderWithOneChargeIsDoneWhenBothAreThere() {
    Effects effects = orders("CONFIRMED", List.of(300L));
    assertThat(effects.first("key")).isEqualTo(500);
    assertThat(audit(effects).lost() + audit(effects).twice()).isZero();
  }

  @Test
  void aSecondChargeIsDoneTwice() {
    assertThat(audit(orders("CONFIRMED", List.of(300L, 900L))).twice()).isEqualTo(1);
    assertThat(audit(orders("DECLINED", List.of(300L))).twice()).isEqualTo(1);
  }

  @Test
  void aConfirmedOrderWithoutAChargeIsLost() {
    assertThat(audit(orders("CONFIRMED", List.of())).lost()).isEqualTo(1);
  }

  @Test
  void anOrderThatIsBeingPaidIsOpen() {
    Audit audit = audit(orders("PAYING", List.of(300L)));
    assertThat(audit.open()).isEqualTo(1);
    assertThat(audit.lost()).isZero();
  }

  @Test
  void aDeclinedOrderIsDone() {
    assertThat(orders("DECLINED", List.of()).first("key")).isEqualTo(500);
  }

  @Test
  void aReportIsDoneWhenTheShopHasIt() throws JsonProcessingException {
    JsonNode made = json("DONE", "\"endedAt\": \"1970-01-01T00:00:01Z\"");
    JsonNode done = json("DONE", "\"doneAt\": \"1970-01-01T00:00:02Z\"");
    JsonNode queued = json("QUEUED", "\"doneAt\": null");
    assertThat(Report.effects(List.of(done), List.of(made)).first("key")).isEqualTo(2_000_000);
    assertThat(audit(Report.effects(List.of(done), List.of(made, made))).twice()).isEqualTo(1);
    assertThat(audit(Report.effects(List.of(queued), List.of(made))).open()).isEqualTo(1);
    assertThat(audit(Report.effects(List.of(done), List.of())).lost()).isEqualTo(1);
    assertThat(audit(Report.effects(List.of(), List.of())).lost()).isEqualTo(1);
  }

  @Test
  void aReportThatWasAnsweredAsFailedIsNotLost() throws JsonProcessingException {
    Effects effects = Report.effects(List.of(json("FAILED", "\"doneAt\": null")), List.of());
    Answer refused = new Answer("key", 0, 100, 503, false, "report-unavailable");
    assertThat(Audit.of(List.of(refused), effects, WINDOW).lost()).isZero();
    assertThat(audit(effects).lost()).isEqualTo(1);
  }

  private static Effects orders(String state, List<Long> charges) {
    return Orders.effects(
        List.of(new Orders.Order("key", "id", state, 500)), Map.of("id", charges));
  }

  private static JsonNode json(String state, String more) throws JsonProcessingException {
    return new ObjectMapper()
        .readTree("{\"concertId\": \"key\", \"state\": \"%s\", %s}".formatted(state, more));
  }

  private static Audit audit(Effects effects) {
    return Audit.of(List.of(new Answer("key", 0, 100, 200, true, "")), effects, WINDOW);
  }
}
