package io.boxoffice.stress.crowd.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.crowd.record.Answer;
import io.boxoffice.stress.crowd.record.Attempt;
import io.boxoffice.stress.crowd.record.Exchange;
import io.boxoffice.stress.crowd.record.Ledger;
import io.boxoffice.stress.crowd.shop.Offer;
import io.boxoffice.stress.crowd.shop.Receipt;
import io.boxoffice.stress.crowd.shop.Stock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Correct records pass the audit; it finds each kind of wrong records. */
class AuditTest {
  private static final Offer OFFER = new Offer("concert", "type", 10);
  private static final Answer LOST = Answer.NONE;
  private static final Answer OVERLOADED = new Answer(503, "overloaded", false, false, null, 1);
  private static final Answer SOLD_OUT = new Answer(409, "sold-out", false, false, null, null);

  private final Ledger ledger = new Ledger("run", true);
  private final List<Receipt> receipts = new ArrayList<>();
  private long available = 88;

  /**
   * Three purchases of 2, 4 and 6 tickets out of a hundred; the answer to the last one was lost.
   */
  @BeforeEach
  void sell() {
    buy(2, "p1", sold("p1"));
    buy(4, "p2", LOST, sold("p2"));
    buy(6, "p3", LOST);
    ledger.open(OFFER, 5).told(Exchange.now(OVERLOADED));
  }

  @Test
  void findsNothingInCorrectRecords() {
    Findings findings = audit();
    assertThat(findings.faults()).isEmpty();
    assertThat(findings.notAudited()).isEmpty();
    assertThat(findings.figures())
        .containsEntry("purchasesAcknowledged", 2L)
        .containsEntry("purchasesMadeAndNotHeardOf", 1L)
        .containsEntry("ticketsInTheBooks", 12L);
  }

  @Test
  void noticesASoldOutWithTicketsLeft() {
    ledger.open(OFFER, 5).told(Exchange.now(SOLD_OUT));
    assertThat(audit().faults())
        .singleElement()
        .asString()
        .contains("says that fewer than 5 tickets are left, and at least 88 must be");
  }

  @Test
  void allowsASoldOutWhileTheTicketsAreTaken() {
    // The only answers that say when the 88 tickets were taken come after it.
    Attempt early = ledger.open(OFFER, 5);
    early.told(new Exchange(0, System.nanoTime(), SOLD_OUT));
    buy(88, "p4", sold("p4"));
    available = 0;
    assertThat(audit().faults()).hasSize(1);
    attempt(5).told(new Exchange(0, System.nanoTime(), sold("p4")));
    assertThat(audit().faults()).isEmpty();
  }

  @Test
  void noticesAPurchaseThatIsMissing() {
    receipts.remove(0);
    available += 2;
    assertThat(audit().faults())
        .containsExactly("the purchase p1 was acknowledged and is missing (request-1)");
  }

  @Test
  void noticesAKeyThatBoughtTwice() {
    receipts.add(receipt("p9", attempt(1).email(), 4, 40));
    available -= 4;
    assertThat(audit().faults())
        .anyMatch(fault -> fault.startsWith("the key stress-run-1 has the purchases"));
  }

  @Test
  void noticesAKeyWithTwoReceipts() {
    attempt(0).told(Exchange.now(sold("p9")));
    receipts.add(receipt("p9", attempt(0).email(), 2, 40));
    available -= 2;
    assertThat(audit().faults())
        .anyMatch(fault -> fault.contains("was answered with the purchases"));
  }

  @Test
  void noticesASaleToARejectedBuyer() {
    receipts.add(receipt("p9", attempt(3).email(), 5, 40));
    available -= 5;
    assertThat(audit().faults())
        .containsExactly(
            "every request with the key stress-run-3 was refused, and the shop has the purchase p9 (request-5)");
  }

  @Test
  void noticesASaleToAnUnknownBuyer() {
    receipts.add(receipt("p9", "stranger@buyers.example", 1, 40));
    available -= 1;
    assertThat(audit().faults())
        .containsExactly("no request asked for the purchase p9 of the key stranger@buyers.example");
  }

  @Test
  void noticesATicketThatWasSoldTwice() {
    receipts.set(0, receipt("p1", attempt(0).email(), 2, 10));
    assertThat(audit().faults())
        .anyMatch(fault -> fault.matches("the ticket t1[0-9] was sold twice"));
  }

  @Test
  void noticesAPurchaseWithoutItsTickets() {
    receipts.set(0, new Receipt("p1", "type", attempt(0).email(), 2, true, List.of("t0")));
    assertThat(audit().faults()).contains("the purchase p1 of 2 has 1 tickets");
  }

  @Test
  void noticesStockThatDoesNotAddUp() {
    available++;
    assertThat(audit().faults())
        .containsExactly("type: 100 tickets exist, 12 are sold, and 89 are left in place of 88");
  }

  @Test
  void noticesStockThatIsGone() {
    assertThat(Audit.all(ledger.attempts(), List.of(), receipts, List.of()).faults())
        .containsExactly("12 tickets were sold of the ticket type type, which is gone");
  }

  @Test
  void noticesNegativeStock() {
    available = -1;
    assertThat(audit().faults())
        .containsExactly("type: 100 tickets exist, 12 are sold, and -1 are left in place of 88");
  }

  @Test
  void noticesWrongCancellations() {
    Receipt sold = receipts.get(0);
    receipts.set(
        0,
        new Receipt(
            sold.id(),
            sold.ticketTypeId(),
            sold.email(),
            sold.quantity(),
            false,
            sold.ticketIds()));
    available += 2;
    assertThat(audit().faults())
        .containsExactly(
            "the tickets of the purchase p1 are given back, which no request asked for (request-1)");
    attempt(0).toldCancelled(Exchange.now(new Answer(200, null, false, false, null, null)));
    assertThat(audit().faults()).isEmpty();
  }

  @Test
  void saysWhatItCannotKnowOfOtherPeoplesConcerts() {
    Map<String, Receipt> found = Map.of("p1", receipts.get(0));
    Findings findings =
        Audit.each(ledger.attempts(), found, Set.of("p1"), List.of(new Stock("type", 100, 1)));
    assertThat(findings.faults()).isEmpty();
    assertThat(findings.notAudited()).hasSize(2);
    assertThat(Audit.each(ledger.attempts(), Map.of(), Set.of("p1"), List.of()).faults())
        .containsExactly("the purchase p1 was acknowledged and is missing");
  }

  private Findings audit() {
    return Audit.all(
        ledger.attempts(), List.of(), receipts, List.of(new Stock("type", 100, available)));
  }

  private void buy(int quantity, String id, Answer... answers) {
    Attempt attempt = ledger.open(OFFER, quantity);
    for (Answer answer : answers) {
      attempt.told(Exchange.now(answer));
    }
    receipts.add(receipt(id, attempt.email(), quantity, 10 * receipts.size()));
  }

  private Attempt attempt(int index) {
    return ledger.attempts().get(index);
  }

  private static Answer sold(String id) {
    return new Answer(201, null, false, false, "/v1/purchases/" + id, null);
  }

  private static Receipt receipt(String id, String email, int quantity, int firstTicket) {
    return new Receipt(
        id,
        "type",
        email,
        quantity,
        true,
        IntStream.range(firstTicket, firstTicket + quantity).mapToObj(at -> "t" + at).toList());
  }
}
