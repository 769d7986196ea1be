package io.boxoffice.stress.check;

import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.check.history.Operation;
import io.boxoffice.stress.check.history.Operation.Kind;
import io.boxoffice.stress.check.history.Operation.Outcome;
import io.boxoffice.stress.check.history.Purchase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A shop without threads, whose clients act at random times: correct, or with a {@link Bug}. Each
 * request has its effect at one moment between its begin and its end; the end can be lost.
 */
final class TestShop {
  static final long MAX_AGE = 20;
  private static final int LATE = 300;

  private final Run run;
  private final Random random;
  private final TestStocks stocks;
  private final Map<String, Purchase> purchases = new LinkedHashMap<>();
  private final Map<String, String> byKey = new HashMap<>();
  private final Map<Integer, List<String>> owned = new HashMap<>();
  private final Map<Integer, String> lastKey = new HashMap<>();
  private final Map<Integer, TestRequest> last = new HashMap<>();
  private final List<Operation> operations = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private final TestOrders orders = new TestOrders(this);
  private int ids;

  private TestShop(Run run) {
    this.run = run;
    this.random = new Random(run.seed());
    this.stocks = new TestStocks(run.stocks(), run.capacity());
  }

  static History history(Run run) {
    return new TestShop(run).history();
  }

  private History history() {
    List<TestRequest> requests = new ArrayList<>();
    for (int client = 0; client < run.clients(); client++) {
      long time = random.nextInt(20);
      for (int i = 0; i < run.requests(); i++) {
        TestRequest request = request(client, time);
        requests.add(request);
        time = request.end() + random.nextInt(20);
      }
    }
    requests.sort(Comparator.comparingLong(TestRequest::effect));
    requests.forEach(this::act);
    orders.end(purchases);
    later.forEach(Runnable::run);
    loseAtTheEnd();
    long wrong = is(Bug.LEAVES_A_WRONG_STOCK) ? 1 : 0;
    return new History(operations, List.copyOf(purchases.values()), stocks.end(wrong));
  }

  private TestRequest request(int client, long begin) {
    int dice = random.nextInt(run.orders() ? 13 : 10);
    Kind kind = dice < 5 ? Kind.BUY : dice < 7 ? Kind.CANCEL : dice < 10 ? Kind.READ : Kind.PAY;
    boolean lost = random.nextInt(run.lost()) == 0;
    long effect = begin + random.nextInt(30);
    long end = effect + random.nextInt(30);
    return new TestRequest(
        client,
        kind,
        begin,
        lost && random.nextBoolean() ? end + random.nextInt(LATE) : effect,
        end,
        "s" + random.nextInt(run.stocks()),
        1 + random.nextInt(run.mostTickets()),
        lost,
        run.orders() && random.nextInt(3) > 0,
        random.nextInt(3) > 0);
  }

  boolean is(Bug bug) {
    return run.bug() == bug && random.nextInt(4) == 0;
  }

  int random(int below) {
    return random.nextInt(below);
  }

  private void act(TestRequest request) {
    orders.expire(request.effect());
    switch (request.kind()) {
      case BUY -> buy(request);
      case CANCEL -> cancel(request);
      case READ -> read(request);
      case PAY -> orders.pay(request, own(request));
    }
    if (request.kind() != Kind.BUY) {
      last.put(request.client(), request);
    }
  }

  private void buy(TestRequest request) {
    TestRequest before = last.get(request.client());
    boolean retry =
        before != null && before.lost() && before.kind() == Kind.BUY && request.repeats();
    TestRequest asked = retry ? request.withGoodsOf(before) : request;
    String key = retry ? lastKey.get(request.client()) : "k" + ids++;
    lastKey.put(request.client(), key);
    last.put(request.client(), asked);
    String bought = byKey.get(key);
    if (bought != null && !is(Bug.BUYS_TWICE_WITH_A_KEY)) {
      record(
          asked,
          key,
          Outcome.OK,
          is(Bug.ANSWERS_A_RETRY_WITH_ANOTHER_PURCHASE) ? "p" + ids++ : bought,
          0);
      return;
    }
    long available = stocks.left(asked.stock());
    boolean enough = available >= asked.quantity();
    boolean sells =
        enough
            ? !is(Bug.SAYS_SOLD_OUT_WITH_TICKETS_LEFT)
            : is(Bug.SELLS_WITHOUT_LOOKING_AT_THE_STOCK);
    if (run.bug() == Bug.LOOKS_AT_THE_STOCK_BEFORE_IT_WAITS) {
      sells = stocks.at(asked.stock(), asked.begin()) >= asked.quantity();
    }
    if (!sells) {
      if (is(Bug.SAYS_SOLD_OUT_AND_SELLS)) {
        sell(asked, key);
      }
      if (is(Bug.TAKES_TICKETS_FOR_A_REFUSED_PURCHASE)) {
        take(asked, -1);
      }
      if (is(Bug.SELLS_LATER_WHAT_IT_REFUSED)) {
        later.add(() -> sell(asked, key));
      }
      record(asked, key, Outcome.SOLD_OUT, null, 0);
      return;
    }
    if (is(Bug.ACKNOWLEDGES_WITHOUT_SELLING)) {
      record(asked, key, Outcome.OK, "p" + ids++, 0);
      return;
    }
    String purchase = sell(asked, key);
    record(asked, key, is(Bug.REFUSES_AND_SELLS) ? Outcome.FAILED : Outcome.OK, purchase, 0);
  }

  private String sell(TestRequest request, String key) {
    String id = "p" + ids++;
    int quantity = request.quantity() + (is(Bug.SELLS_ONE_TICKET_MORE) ? 1 : 0);
    String stock = is(Bug.SELLS_OF_ANOTHER_STOCK) ? other(request.stock()) : request.stock();
    String stored = is(Bug.STORES_ANOTHER_KEY) ? "k" + ids++ : key;
    purchases.put(id, new Purchase(id, stock, quantity, stored, false, false));
    byKey.put(key, id);
    if (!request.lost()) {
      owned.computeIfAbsent(request.client(), client -> new ArrayList<>()).add(id);
    }
    if (request.isOrder()) {
      orders.hold(id, stock, quantity, request);
    }
    int times = is(Bug.TAKES_NO_TICKETS) ? 0 : is(Bug.TAKES_TICKETS_TWICE) ? 2 : 1;
    if (run.bug() == Bug.WRITES_THE_STOCK_THAT_IT_READ_BEFORE) {
      set(stock, stocks.at(stock, request.begin()) - quantity, request.effect());
    } else {
      set(stock, left(stock) - (long) quantity * times, request.effect());
    }
    if (is(Bug.INVENTS_A_PURCHASE)) {
      String invented = "p" + ids++;
      purchases.put(invented, new Purchase(invented, stock, 1, "k" + ids++, false, false));
      set(stock, left(stock) - 1, request.effect());
    }
    return id;
  }

  private String other(String stock) {
    return stocks.other(stock);
  }

  private void take(TestRequest request, int sign) {
    set(
        request.stock(),
        left(request.stock()) + (long) sign * request.quantity(),
        request.effect());
  }

  long left(String stock) {
    return stocks.left(stock);
  }

  void set(String stock, long value, long time) {
    stocks.set(stock, value, time);
  }

  /** Returns a purchase that the client has a receipt of, or null. */
  private String own(TestRequest request) {
    List<String> mine = owned.getOrDefault(request.client(), List.of());
    return mine.isEmpty() ? null : mine.get(random.nextInt(mine.size()));
  }

  private void cancel(TestRequest request) {
    String id = own(request);
    if (id == null || orders.cancel(request, id)) {
      return;
    }
    Purchase purchase = purchases.get(id);
    boolean first = !purchase.givenBack();
    if (first && !is(Bug.FORGETS_A_CANCELLATION)) {
      purchases.put(
          id, new Purchase(id, purchase.stock(), purchase.quantity(), purchase.key(), true, false));
    }
    if (first) {
      int times = is(Bug.CANCELS_WITHOUT_GIVING_BACK) ? 0 : is(Bug.GIVES_BACK_TWICE) ? 2 : 1;
      set(
          purchase.stock(),
          left(purchase.stock()) + (long) purchase.quantity() * times,
          request.effect());
    }
    Outcome outcome = first && is(Bug.REFUSES_TO_CANCEL_AND_CANCELS) ? Outcome.FAILED : Outcome.OK;
    record(request, null, outcome, id, 0);
  }

  private void read(TestRequest request) {
    if (is(Bug.GIVES_BACK_WHAT_NOBODY_CANCELLED)) {
      purchases.values().stream()
          .filter(one -> !one.givenBack() && !orders.has(one.id()))
          .findFirst()
          .ifPresent(
              one -> {
                purchases.put(
                    one.id(),
                    new Purchase(one.id(), one.stock(), one.quantity(), one.key(), true, false));
                set(one.stock(), left(one.stock()) + one.quantity(), request.effect());
              });
    }
    if (is(Bug.GOES_BACK_TO_AN_OLD_STOCK)) {
      set(request.stock(), stocks.at(request.stock(), request.effect() - 200), request.effect());
    }
    // As old as it may be, or a moment younger.
    long seen =
        stocks.at(
            request.stock(),
            Math.max(request.begin() - MAX_AGE, request.effect() - random.nextInt(60)));
    if (is(Bug.READS_AN_OLD_VALUE)) {
      seen = stocks.at(request.stock(), request.begin() - 200);
    } else if (is(Bug.READS_WHAT_IS_NOT_COMMITTED)) {
      seen -= run.mostTickets() + 1;
    } else if (is(Bug.READS_MORE_THAN_EXIST)) {
      seen = run.capacity() + 1L;
    } else if (is(Bug.READS_LESS_THAN_NOTHING)) {
      seen = -1;
    }
    record(request, null, Outcome.OK, null, seen);
  }

  private void loseAtTheEnd() {
    if (run.bug() == Bug.LOSES_AN_ACKNOWLEDGED_PURCHASE && !purchases.isEmpty()) {
      lose(List.copyOf(purchases.keySet()).get(random.nextInt(purchases.size())));
    } else if (run.bug() == Bug.LOSES_ALL_PURCHASES_OF_A_TIME) {
      List<String> all = List.copyOf(purchases.keySet());
      all.subList(all.size() / 2, all.size()).forEach(this::lose);
    }
  }

  private void lose(String id) {
    Purchase lost = purchases.remove(id);
    if (!lost.givenBack()) {
      set(lost.stock(), left(lost.stock()) + lost.quantity(), Long.MAX_VALUE);
    }
  }

  void record(TestRequest request, String key, Outcome outcome, String purchase, long seen) {
    Outcome heard = request.lost() ? Outcome.UNKNOWN : outcome;
    boolean about = request.kind() == Kind.CANCEL || request.kind() == Kind.PAY;
    boolean named = about || heard == Outcome.OK;
    operations.add(
        new Operation(
            "o" + operations.size(),
            request.kind(),
            heard,
            about ? null : request.stock(),
            request.kind() == Kind.BUY ? request.quantity() : 0,
            key,
            named ? purchase : null,
            request.begin(),
            request.lost() ? Operation.NEVER : request.end(),
            seen,
            request.kind() == Kind.READ ? MAX_AGE : 0));
  }
}
