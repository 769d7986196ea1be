package io.boxoffice.order.ledger;

import static io.boxoffice.order.ledger.LedgerScene.OLD;
import static io.boxoffice.order.ledger.LedgerScene.YOUNG;
import static io.boxoffice.order.ledger.LedgerScene.charge;
import static io.boxoffice.order.ledger.LedgerScene.refunded;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.order.ledger.Difference.Kind;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests which differences a comparison finds, and when they are gone. */
class LedgerComparisonDatabaseTest {
  private final LedgerScene scene = new LedgerScene();

  @Test
  void moneyThatAgreesHasNoDifference() {
    scene.agree();
    scene.comparison.run();
    assertThat(scene.found()).isEmpty();
    for (Kind kind : Kind.values()) {
      assertThat(scene.differences(kind)).isZero();
    }
    assertThat(scene.partner.asked()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aFullComparisonFindsEachKind(Kind kind) {
    scene.agree();
    UUID id = scene.plant(kind);

    scene.comparison.run();

    assertThat(scene.found()).containsExactly(kind + " " + id);
    assertThat(scene.differences(kind)).isEqualTo(1);
    assertThat(scene.moreAtThePartner())
        .isEqualTo(
            switch (kind) {
              case OTHER_AMOUNT -> -100;
              case CHARGE_MISSING, UNEXPECTED_REFUND -> -4500;
              default -> 4500;
            });

    // Another run of new charges finds it again, because it looks at known differences.
    scene.compare(false);
    assertThat(scene.found()).containsExactly(kind + " " + id);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CHARGE_MISSING", "REFUND_MISSING", "UNEXPECTED_REFUND"},
      mode = EnumSource.Mode.EXCLUDE)
  void aComparisonOfNewChargesFindsWhatComesWithACharge(Kind kind) {
    scene.comparison.run();
    scene.execute(
        "UPDATE ledger_comparison SET compared_until = compared_until - interval '2 hours'");
    UUID id = scene.plant(kind);

    scene.compare(false);

    assertThat(scene.found()).containsExactly(kind + " " + id);
  }

  @Test
  void aSettledDifferenceIsRemovedByTheNextRun() {
    UUID id = scene.plant(Kind.REFUND_MISSING);
    UUID missing = scene.plant(Kind.CHARGE_MISSING);
    scene.comparison.run();
    assertThat(scene.found()).hasSize(2);

    scene.partner.put(refunded(charge(id, OLD)));
    scene.compare(false);
    assertThat(scene.found()).containsExactly("CHARGE_MISSING " + missing);
    scene.partner.put(charge(missing, OLD));
    scene.compare(false);
    assertThat(scene.found()).isEmpty();
    assertThat(scene.moreAtThePartner()).isZero();
  }

  @Test
  void chargesAndOrdersWithinTheGraceAreInFlight() {
    scene.partner.put(charge(UUID.randomUUID(), YOUNG));
    UUID expired = scene.orders.ended(scene.type, "EXPIRED");
    scene.orders.age(expired, YOUNG);
    scene.partner.put(charge(expired, OLD));
    UUID confirmed = scene.orders.paid(scene.type, "token");
    scene.orders.age(confirmed, YOUNG);

    scene.comparison.run();
    assertThat(scene.found()).isEmpty();

    // The same money, when the grace is over.
    scene.orders.age(expired, OLD);
    scene.orders.age(confirmed, OLD);
    scene.compare(true);
    assertThat(scene.found())
        .containsExactlyInAnyOrder("UNCONFIRMED_CHARGE " + expired, "CHARGE_MISSING " + confirmed);
  }

  @Test
  void anEmptyLedgerIsManyMissingCharges() {
    scene.paid("CONFIRMED");
    scene.paid("CONFIRMED");
    scene.comparison.run();
    assertThat(scene.differences(Kind.CHARGE_MISSING)).isEqualTo(2);
  }
}
