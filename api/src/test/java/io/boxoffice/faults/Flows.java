package io.boxoffice.faults;

import static io.boxoffice.faults.Scene.repeated;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Lists the flows that the faults are tried on. */
final class Flows {
  /** Pays like a client: again while the order is HELD, and with the same token. */
  private static void payUntilPaid(Scene scene, Shop shop) {
    repeated(() -> scene.payLater(shop, "tok_ok"));
  }

  private static final Flow PAY =
      new Flow(
          "pay",
          Scene::held,
          scene -> scene.pay(scene.faulty, "tok_ok"),
          Flows::payUntilPaid,
          "CONFIRMED");

  static final List<Flow> ALL =
      List.of(
          new Flow(
              "buy",
              scene -> {},
              scene -> scene.buy(scene.faulty),
              (scene, shop) -> repeated(() -> scene.buy(shop)),
              "CONFIRMED"),
          new Flow(
              "replay",
              scene -> repeated(() -> scene.buy(scene.sound)),
              scene -> scene.buy(scene.faulty),
              (scene, shop) -> repeated(() -> scene.buy(shop)),
              "CONFIRMED"),
          new Flow(
              "cancel-purchase",
              scene -> {
                repeated(() -> scene.buy(scene.sound));
                scene.acknowledged.clear();
              },
              scene -> scene.cancelPurchase(scene.faulty),
              (scene, shop) -> repeated(() -> scene.cancelPurchase(shop)),
              "CANCELLED"),
          new Flow(
              "hold",
              scene -> {},
              scene -> scene.hold(scene.faulty),
              (scene, shop) -> repeated(() -> scene.hold(shop)),
              "HELD"),
          new Flow(
              "cancel",
              Scene::held,
              scene -> scene.cancel(scene.faulty),
              (scene, shop) -> repeated(() -> scene.cancel(shop)),
              "CANCELLED"),
          PAY,
          new Flow(
              "order-and-pay",
              scene -> {},
              scene -> scene.orderAndPay(scene.faulty, "tok_ok"),
              (scene, shop) -> repeated(() -> scene.orderAndPay(shop, "tok_ok")),
              "CONFIRMED"),
          new Flow(
              "decline",
              Scene::held,
              scene -> scene.pay(scene.faulty, "tok_declined"),
              (scene, shop) -> repeated(() -> scene.payLater(shop, "tok_declined")),
              "DECLINED"),
          new Flow(
              "expire",
              scene -> {
                scene.held();
                scene.age();
              },
              scene -> scene.faulty.sweep(),
              (scene, shop) -> repeated(() -> scene.read(shop)),
              "EXPIRED"),
          new Flow(
              "refund",
              scene -> {
                scene.held();
                payUntilPaid(scene, scene.sound);
                scene.recover();
                scene.acknowledged.clear();
              },
              scene -> {
                scene.refund(scene.faulty);
                scene.faulty.reconcile();
                scene.await("REFUNDED");
              },
              (scene, shop) -> repeated(() -> scene.refund(shop)),
              "REFUNDED"),
          new Flow(
              "late-with-stock",
              Scene::held,
              scene -> late(scene, false),
              (scene, shop) -> repeated(() -> scene.read(shop)),
              Set.of("CONFIRMED", "EXPIRED"),
              "CONFIRMED"),
          new Flow(
              "late-without-stock",
              Scene::held,
              scene -> late(scene, true),
              (scene, shop) -> repeated(() -> scene.read(shop)),
              Set.of("REFUNDED", "EXPIRED"),
              "REFUNDED"),
          new Flow(
              "callback",
              Scene::chargedWithoutAnswer,
              scene -> scene.callback(scene.faulty),
              (scene, shop) -> repeated(() -> scene.callback(shop)),
              "CONFIRMED"),
          new Flow(
              "reconcile",
              scene -> {
                scene.chargedWithoutAnswer();
                scene.orders.makeDue(scene.id);
              },
              scene -> {
                scene.faulty.reconcile();
                scene.await("CONFIRMED");
              },
              (scene, shop) -> repeated(() -> scene.read(shop)),
              "CONFIRMED"));

  private Flows() {}

  /** The order expires while the partner works, and then the partner charges. */
  private static void late(Scene scene, boolean soldOut) {
    UUID order = scene.id;
    scene.payLater(scene.faulty, "tok_late");
    scene.age();
    scene.sound.sweep();
    if (soldOut) {
      scene.takeTheRest();
    }
    scene.partner.release(order);
    scene.await(soldOut ? "REFUNDING" : "CONFIRMED");
  }

  /** Returns the flow with the given name. */
  static Optional<Flow> named(String name) {
    return ALL.stream().filter(flow -> flow.name().equals(name)).findAny();
  }
}
