package io.boxoffice.order.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.order.state.Decision.Contradiction;
import io.boxoffice.order.state.Decision.Move;
import io.boxoffice.order.state.Decision.Refuse;
import io.boxoffice.order.state.Decision.Stay;
import io.boxoffice.platform.error.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks the decision for every state and event, against the table below. */
class LifecycleTest {
  private static final Circumstances NONE = new Circumstances(false, false, false, false, false);
  private static final Circumstances ALL = new Circumstances(true, true, true, true, false);
  private static final Circumstances SAME_TOKEN =
      new Circumstances(false, true, false, false, false);

  /** Everything would allow a sale, if the concert were not cancelled. */
  private static final Circumstances CONCERT_CANCELLED =
      new Circumstances(false, false, true, true, true);

  /**
   * One row for each event, one column for each state in the order of {@link OrderState}: {@code -}
   * stays, {@code !} is a contradiction, {@code 409} is refused, a state is where the order goes.
   * Without any circumstance.
   */
  private static final String WITHOUT =
      """
      event            HELD      PAYING    CONFIRMED DECLINED EXPIRED   CANCELLED REFUNDING REFUNDED
      PAY              PAYING    409       409       409      409       409       409       409
      CHARGE_SUCCEEDED !         CONFIRMED -         !        REFUNDING REFUNDING -         -
      CHARGE_DECLINED  -         DECLINED  -         -        -         -         -         -
      CHARGE_NOT_MADE  -         -         -         -        -         -         -         -
      EXPIRE           -         -         -         -        -         -         -         -
      CANCEL           CANCELLED 409       409       -        -         -         409       409
      REFUND           409       409       REFUNDING 409      409       409       -         -
      CONCERT_CANCELLED CANCELLED -        REFUNDING -        -         -         -         -
      REFUNDED         -         -         -         -        -         -         REFUNDED  -
      """;

  /** With all circumstances: due, the same token, no charge possible, stock left. */
  private static final String WITH =
      """
      event            HELD      PAYING    CONFIRMED DECLINED EXPIRED   CANCELLED REFUNDING REFUNDED
      PAY              409       -         -         -        409       409       409       409
      CHARGE_SUCCEEDED !         CONFIRMED -         !        CONFIRMED CONFIRMED -         -
      CHARGE_DECLINED  -         DECLINED  -         -        -         -         -         -
      CHARGE_NOT_MADE  -         HELD      -         -        -         -         -         -
      EXPIRE           EXPIRED   EXPIRED   -         -        -         -         -         -
      CANCEL           CANCELLED 409       409       -        -         -         409       409
      REFUND           409       409       REFUNDING 409      409       409       -         -
      CONCERT_CANCELLED CANCELLED -        REFUNDING -        -         -         -         -
      REFUNDED         -         -         -         -        -         -         REFUNDED  -
      """;

  /** With a cancelled concert: nothing is sold, and no charge stays. */
  private static final String CANCELLED =
      """
      event            HELD      PAYING    CONFIRMED DECLINED EXPIRED   CANCELLED REFUNDING REFUNDED
      PAY              409       409       409       409      409       409       409       409
      CHARGE_SUCCEEDED !         REFUNDING -         !        REFUNDING REFUNDING -         -
      CHARGE_DECLINED  -         DECLINED  -         -        -         -         -         -
      CHARGE_NOT_MADE  -         CANCELLED -         -        -         -         -         -
      EXPIRE           -         -         -         -        -         -         -         -
      CANCEL           CANCELLED 409       409       -        -         -         409       409
      REFUND           409       409       REFUNDING 409      409       409       -         -
      CONCERT_CANCELLED CANCELLED -        REFUNDING -        -         -         -         -
      REFUNDED         -         -         -         -        -         -         REFUNDED  -
      """;

  /** What else is written. A move or a stay that is not listed writes nothing else. */
  private static final Map<String, Set<Effect>> EFFECTS =
      Map.ofEntries(
          Map.entry("HELD PAY", Set.of(Effect.OPEN_PAYMENT)),
          Map.entry("PAYING CHARGE_SUCCEEDED", Set.of(Effect.NOTE_CHARGE, Effect.SELL)),
          Map.entry("PAYING CHARGE_DECLINED", Set.of(Effect.NOTE_DECLINE, Effect.PUT_STOCK_BACK)),
          Map.entry("EXPIRED CHARGE_DECLINED", Set.of(Effect.NOTE_DECLINE)),
          Map.entry("CANCELLED CHARGE_DECLINED", Set.of(Effect.NOTE_DECLINE)),
          Map.entry("HELD CANCEL", Set.of(Effect.PUT_STOCK_BACK)),
          Map.entry("CONFIRMED REFUND", Set.of(Effect.CANCEL_PURCHASE, Effect.REQUEST_REFUND)),
          Map.entry("HELD CONCERT_CANCELLED", Set.of(Effect.PUT_STOCK_BACK)),
          Map.entry(
              "CONFIRMED CONCERT_CANCELLED", Set.of(Effect.CANCEL_PURCHASE, Effect.REQUEST_REFUND)),
          Map.entry("REFUNDING REFUNDED", Set.of(Effect.CLOSE_REFUND)));

  private static final Set<Effect> LATE_SALE =
      Set.of(Effect.NOTE_CHARGE, Effect.TAKE_STOCK, Effect.SELL);

  private static final Set<Effect> LATE_REFUND = Set.of(Effect.NOTE_CHARGE, Effect.REQUEST_REFUND);

  private static final Map<String, Set<Effect>> EFFECTS_WITH =
      with(
          Map.of(
              "PAYING CHARGE_NOT_MADE", Set.of(Effect.DROP_PAYMENT),
              "EXPIRED CHARGE_NOT_MADE", Set.of(Effect.DROP_PAYMENT),
              "HELD EXPIRE", Set.of(Effect.PUT_STOCK_BACK),
              "PAYING EXPIRE", Set.of(Effect.PUT_STOCK_BACK),
              "EXPIRED CHARGE_SUCCEEDED", LATE_SALE,
              "CANCELLED CHARGE_SUCCEEDED", LATE_SALE));

  private static final Map<String, Set<Effect>> EFFECTS_WITHOUT =
      with(
          Map.of(
              "EXPIRED CHARGE_SUCCEEDED", LATE_REFUND,
              "CANCELLED CHARGE_SUCCEEDED", LATE_REFUND));

  private static final Map<String, Set<Effect>> EFFECTS_CANCELLED =
      with(
          Map.of(
              "PAYING CHARGE_SUCCEEDED",
              Set.of(Effect.NOTE_CHARGE, Effect.PUT_STOCK_BACK, Effect.REQUEST_REFUND),
              "PAYING CHARGE_NOT_MADE",
              Set.of(Effect.DROP_PAYMENT, Effect.PUT_STOCK_BACK),
              "EXPIRED CHARGE_NOT_MADE",
              Set.of(Effect.DROP_PAYMENT),
              "EXPIRED CHARGE_SUCCEEDED",
              LATE_REFUND,
              "CANCELLED CHARGE_SUCCEEDED",
              LATE_REFUND));

  private static Map<String, Set<Effect>> with(Map<String, Set<Effect>> further) {
    Map<String, Set<Effect>> all = new HashMap<>(EFFECTS);
    all.putAll(further);
    return all;
  }

  @Test
  void everyEventInEveryState() {
    assertThat(table(NONE)).isEqualTo(cells(WITHOUT));
    assertThat(table(ALL)).isEqualTo(cells(WITH));
    assertThat(table(CONCERT_CANCELLED)).isEqualTo(cells(CANCELLED));
  }

  @Test
  void everyEffect() {
    assertEffects(NONE, EFFECTS_WITHOUT);
    assertEffects(ALL, EFFECTS_WITH);
    assertEffects(CONCERT_CANCELLED, EFFECTS_CANCELLED);
  }

  private static void assertEffects(
      Circumstances circumstances, Map<String, Set<Effect>> expected) {
    for (OrderState state : OrderState.values()) {
      for (OrderEvent event : OrderEvent.values()) {
        String cell = state + " " + event;
        Decision decided = Lifecycle.decide(state, event, circumstances);
        Set<Effect> effects = new HashSet<>(effects(decided));
        if (cell.equals("HELD PAY") && decided instanceof Refuse) {
          assertThat(effects).isEmpty();
        } else {
          assertThat(effects).as(cell).isEqualTo(expected.getOrDefault(cell, Set.of()));
        }
      }
    }
  }

  @Test
  void refusalsNameTheReason() {
    assertThat(codes(OrderEvent.PAY, NONE))
        .isEqualTo(
            Map.of(
                OrderState.PAYING, ProblemCode.PAYMENT_IN_PROGRESS,
                OrderState.CONFIRMED, ProblemCode.ORDER_NOT_PAYABLE,
                OrderState.DECLINED, ProblemCode.ORDER_NOT_PAYABLE,
                OrderState.EXPIRED, ProblemCode.ORDER_NOT_PAYABLE,
                OrderState.CANCELLED, ProblemCode.ORDER_NOT_PAYABLE,
                OrderState.REFUNDING, ProblemCode.ORDER_NOT_PAYABLE,
                OrderState.REFUNDED, ProblemCode.ORDER_NOT_PAYABLE));
    assertThat(codes(OrderEvent.CANCEL, NONE))
        .isEqualTo(
            Map.of(
                OrderState.PAYING, ProblemCode.PAYMENT_IN_PROGRESS,
                OrderState.CONFIRMED, ProblemCode.ORDER_NOT_CANCELLABLE,
                OrderState.REFUNDING, ProblemCode.ORDER_NOT_CANCELLABLE,
                OrderState.REFUNDED, ProblemCode.ORDER_NOT_CANCELLABLE));
    assertThat(codes(OrderEvent.REFUND, NONE).values())
        .containsOnly(ProblemCode.ORDER_NOT_REFUNDABLE);
  }

  @Test
  void aRefundedOrCancelledPaymentIsNoAnswerToTheSameToken() {
    assertThat(codes(OrderEvent.PAY, SAME_TOKEN).keySet())
        .containsExactlyInAnyOrder(
            OrderState.EXPIRED, OrderState.CANCELLED, OrderState.REFUNDING, OrderState.REFUNDED);
  }

  @Test
  void anOrderOfACancelledConcertIsRefusedByItsName() {
    assertThat(codes(OrderEvent.PAY, CONCERT_CANCELLED))
        .containsEntry(OrderState.HELD, ProblemCode.CONCERT_CANCELLED);
  }

  /** Otherwise a sale of the same type would wait for each confirmation. */
  @Test
  void aConfirmationInTimeNeedsNoStock() {
    assertThat(Lifecycle.decide(OrderState.PAYING, OrderEvent.CHARGE_SUCCEEDED, ALL).needsStock())
        .isFalse();
  }

  @Test
  void whatDependsOnTheStockNeedsIt() {
    Set<String> needy = new TreeSet<>();
    for (Circumstances circumstances : List.of(NONE, ALL, CONCERT_CANCELLED)) {
      for (OrderState state : OrderState.values()) {
        for (OrderEvent event : OrderEvent.values()) {
          if (Lifecycle.decide(state, event, circumstances).needsStock()) {
            needy.add(state + " " + event);
          }
        }
      }
    }
    assertThat(needy)
        .containsExactlyInAnyOrder(
            "HELD CANCEL",
            "HELD EXPIRE",
            "PAYING EXPIRE",
            "PAYING CHARGE_DECLINED",
            "EXPIRED CHARGE_SUCCEEDED",
            "CANCELLED CHARGE_SUCCEEDED",
            "CONFIRMED REFUND",
            "HELD CONCERT_CANCELLED",
            "CONFIRMED CONCERT_CANCELLED",
            "PAYING CHARGE_SUCCEEDED",
            "PAYING CHARGE_NOT_MADE");
  }

  private static Map<OrderState, ProblemCode> codes(OrderEvent event, Circumstances given) {
    return Arrays.stream(OrderState.values())
        .filter(state -> Lifecycle.decide(state, event, given) instanceof Refuse)
        .collect(
            Collectors.toMap(
                state -> state, state -> ((Refuse) Lifecycle.decide(state, event, given)).code()));
  }

  private static List<List<String>> table(Circumstances circumstances) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(new ArrayList<>(List.of("event")));
    Arrays.stream(OrderState.values()).map(Enum::name).forEach(rows.get(0)::add);
    for (OrderEvent event : OrderEvent.values()) {
      List<String> row = new ArrayList<>(List.of(event.name()));
      for (OrderState state : OrderState.values()) {
        row.add(cell(Lifecycle.decide(state, event, circumstances)));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String cell(Decision decision) {
    if (decision instanceof Move move) {
      return move.to().name();
    }
    if (decision instanceof Contradiction) {
      return "!";
    }
    return decision instanceof Refuse ? "409" : "-";
  }

  private static Set<Effect> effects(Decision decision) {
    if (decision instanceof Move move) {
      return move.effects();
    }
    return decision instanceof Stay stay ? stay.effects() : Set.of();
  }

  private static List<List<String>> cells(String table) {
    return table.lines().map(line -> List.of(line.strip().split(" +"))).toList();
  }
}
