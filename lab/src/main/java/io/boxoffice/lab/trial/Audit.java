package io.boxoffice.lab.trial;

import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.check.history.Operation;
import io.boxoffice.stress.check.history.Operation.Kind;
import io.boxoffice.stress.check.history.Operation.Outcome;
import io.boxoffice.stress.check.history.Purchase;
import io.boxoffice.stress.check.history.Stock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts what a history contradicts; the checker says only whether it does.
 *
 * @param acknowledged different purchases that clients have a receipt of
 * @param lost those of them that are missing in the end
 * @param oversold tickets beyond the capacity: by receipts, or in the end
 * @param unknown keys without a final answer
 */
record Audit(int acknowledged, int lost, long oversold, int unknown) {

  static Audit of(History history) {
    Map<String, Operation> receipts = new HashMap<>();
    Set<String> keys = new HashSet<>();
    Set<String> answered = new HashSet<>();
    for (Operation operation : history.operations()) {
      if (operation.kind() != Kind.BUY) {
        continue;
      }
      keys.add(operation.key());
      if (operation.outcome() == Outcome.OK) {
        receipts.put(operation.purchase(), operation);
      }
      if (operation.outcome() == Outcome.OK || operation.outcome() == Outcome.SOLD_OUT) {
        answered.add(operation.key());
      }
    }
    Set<String> existing = new HashSet<>();
    Map<String, Long> sold = new HashMap<>();
    for (Purchase purchase : history.purchases()) {
      existing.add(purchase.id());
      if (!purchase.givenBack()) {
        sold.merge(purchase.stock(), (long) purchase.quantity(), Long::sum);
      }
    }
    Map<String, Long> promised = new HashMap<>();
    receipts.values().forEach(one -> promised.merge(one.stock(), (long) one.quantity(), Long::sum));
    long oversold = 0;
    for (Stock stock : history.stocks()) {
      long most =
          Math.max(sold.getOrDefault(stock.id(), 0L), promised.getOrDefault(stock.id(), 0L));
      oversold += Math.max(0, most - stock.capacity());
    }
    int lost = (int) receipts.keySet().stream().filter(id -> !existing.contains(id)).count();
    return new Audit(receipts.size(), lost, oversold, keys.size() - answered.size());
  }
}
