package io.boxoffice.stress.check.receipt;

import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.check.history.Operation;
import io.boxoffice.stress.check.history.Operation.Kind;
import io.boxoffice.stress.check.history.Operation.Outcome;
import io.boxoffice.stress.check.history.Purchase;
import io.boxoffice.stress.check.verdict.Contradiction;
import io.boxoffice.stress.check.verdict.Contradiction.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Compares the answers about purchases with those that the shop has in the end. */
public final class ReceiptCheck {
  private final Map<String, Purchase> purchases = new HashMap<>();
  private final Map<String, List<Operation>> buys = new HashMap<>();
  private final Map<String, List<Operation>> cancels = new HashMap<>();
  private final Map<String, List<Operation>> payments = new HashMap<>();
  private final Found found = new Found();

  private ReceiptCheck(History history) {
    history.purchases().forEach(purchase -> purchases.put(purchase.id(), purchase));
    for (Operation operation : history.operations()) {
      if (operation.kind() == Kind.BUY) {
        buys.computeIfAbsent(operation.key(), key -> new ArrayList<>()).add(operation);
      } else if (operation.kind() == Kind.CANCEL) {
        cancels.computeIfAbsent(operation.purchase(), id -> new ArrayList<>()).add(operation);
      } else if (operation.kind() == Kind.PAY) {
        payments.computeIfAbsent(operation.purchase(), id -> new ArrayList<>()).add(operation);
      }
    }
  }

  /** Returns what contradicts itself. */
  public static List<Contradiction> of(History history) {
    ReceiptCheck check = new ReceiptCheck(history);
    check.checkAnswers();
    check.checkPurchases();
    check.payments.forEach(
        (id, attempts) -> PaymentCheck.answers(id, attempts, check.purchases.get(id), check.found));
    return check.found.all();
  }

  private void checkAnswers() {
    for (List<Operation> attempts : buys.values()) {
      Operation first = null;
      for (Operation attempt : attempts) {
        if (attempt.outcome() != Outcome.OK) {
          continue;
        }
        if (first != null && !first.purchase().equals(attempt.purchase())) {
          add(
              Promise.ONE_PURCHASE_A_KEY,
              "the key %s was answered with the purchases %s and %s"
                  .formatted(attempt.key(), first.purchase(), attempt.purchase()),
              first,
              attempt);
        }
        first = attempt;
        checkAcknowledged(attempt);
        checkFirst(attempt, attempts);
      }
    }
    for (List<Operation> attempts : cancels.values()) {
      for (Operation attempt : attempts) {
        if (attempt.outcome() == Outcome.OK) {
          checkCancelled(attempt);
        }
      }
    }
  }

  private void checkAcknowledged(Operation attempt) {
    Purchase purchase = purchases.get(attempt.purchase());
    if (purchase == null) {
      add(
          Promise.ACKNOWLEDGED,
          "the purchase %s was acknowledged and is missing".formatted(attempt.purchase()),
          attempt);
    } else if (!purchase.stock().equals(attempt.stock())
        || purchase.quantity() != attempt.quantity()
        || (purchase.key() != null && !purchase.key().equals(attempt.key()))) {
      add(
          Promise.ACKNOWLEDGED,
          "the purchase %s is %d of %s with the key %s, and not what was acknowledged"
              .formatted(purchase.id(), purchase.quantity(), purchase.stock(), purchase.key()),
          attempt);
    }
  }

  /** No answer is about a purchase before a request asked for it. */
  private void checkFirst(Operation answered, List<Operation> attempts) {
    long asked = attempts.stream().mapToLong(Operation::invoked).min().orElseThrow();
    Stream.of(cancels, payments)
        .flatMap(about -> about.getOrDefault(answered.purchase(), List.of()).stream())
        .filter(about -> about.outcome() != Outcome.UNKNOWN && about.ended() < asked)
        .findFirst()
        .ifPresent(
            early ->
                add(
                    Promise.ONLY_WHAT_WAS_ASKED_FOR,
                    "an answer is about the purchase %s before a request asked for it"
                        .formatted(answered.purchase()),
                    early,
                    answered));
  }

  private void checkCancelled(Operation attempt) {
    Purchase purchase = purchases.get(attempt.purchase());
    if (purchase == null) {
      add(
          Promise.ACKNOWLEDGED,
          "the purchase %s was cancelled and is missing".formatted(attempt.purchase()),
          attempt);
    } else if (!purchase.givenBack()) {
      add(
          Promise.ACKNOWLEDGED,
          "the cancellation of %s was acknowledged, and its tickets are not given back"
              .formatted(attempt.purchase()),
          attempt);
    }
  }

  private void checkPurchases() {
    Map<String, Purchase> byKey = new HashMap<>();
    for (Purchase purchase : purchases.values()) {
      List<Operation> attempts = buys.get(purchase.key());
      if (purchase.key() != null) {
        Purchase other = byKey.put(purchase.key(), purchase);
        if (other != null) {
          add(
              Promise.ONE_PURCHASE_A_KEY,
              "the key %s has the purchases %s and %s"
                  .formatted(purchase.key(), other.id(), purchase.id()),
              attempts == null ? List.of() : attempts);
        }
        checkAskedFor(purchase, attempts);
      }
      checkGivenBack(purchase);
      if (purchase.paid()) {
        PaymentCheck.isAskedFor(purchase, paymentsOf(purchase), found);
      }
    }
  }

  private void checkAskedFor(Purchase purchase, List<Operation> attempts) {
    if (attempts == null) {
      add(
          Promise.ONLY_WHAT_WAS_ASKED_FOR,
          "no request asked for the purchase %s of the key %s"
              .formatted(purchase.id(), purchase.key()),
          List.of());
      return;
    }
    boolean asRequested =
        attempts.stream()
            .anyMatch(
                one ->
                    one.stock().equals(purchase.stock()) && one.quantity() == purchase.quantity());
    if (!asRequested) {
      add(
          Promise.ONLY_WHAT_WAS_ASKED_FOR,
          "the purchase %s is %d of %s, which no request with the key %s asked for"
              .formatted(purchase.id(), purchase.quantity(), purchase.stock(), purchase.key()),
          attempts);
    } else if (attempts.stream()
        .allMatch(one -> one.outcome() == Outcome.FAILED || one.outcome() == Outcome.SOLD_OUT)) {
      add(
          Promise.ONLY_WHAT_WAS_ASKED_FOR,
          "every request with the key %s was refused, and the shop has the purchase %s"
              .formatted(purchase.key(), purchase.id()),
          attempts);
    }
  }

  private void checkGivenBack(Purchase purchase) {
    if (!purchase.givenBack() || purchase.expired()) {
      return;
    }
    List<Operation> attempts =
        Stream.of(cancels, payments)
            .flatMap(about -> about.getOrDefault(purchase.id(), List.of()).stream())
            .toList();
    if (attempts.stream().noneMatch(ReceiptCheck::mayGiveBack)) {
      add(
          Promise.ONLY_WHAT_WAS_ASKED_FOR,
          "the tickets of the purchase %s are given back, which no request asked for"
              .formatted(purchase.id()),
          Stream.concat(
                  attempts.stream(),
                  buys.getOrDefault(purchase.key(), List.of()).stream()
                      .filter(one -> purchase.id().equals(one.purchase())))
              .toList());
    }
  }

  private static boolean mayGiveBack(Operation attempt) {
    return attempt.outcome() == Outcome.UNKNOWN
        || attempt.outcome() == (attempt.kind() == Kind.PAY ? Outcome.DECLINED : Outcome.OK);
  }

  private List<Operation> paymentsOf(Purchase purchase) {
    return payments.getOrDefault(purchase.id(), List.of());
  }

  private void add(Promise promise, String sentence, Operation... operations) {
    add(promise, sentence, List.of(operations));
  }

  private void add(Promise promise, String sentence, List<Operation> operations) {
    found.add(promise, sentence, operations);
  }
}
