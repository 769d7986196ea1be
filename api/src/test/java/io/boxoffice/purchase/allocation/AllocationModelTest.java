package io.boxoffice.purchase.allocation;

import static io.boxoffice.purchase.allocation.Batches.CLOSE;
import static io.boxoffice.purchase.allocation.Batches.CONCERT;
import static io.boxoffice.purchase.allocation.Batches.OPEN;
import static io.boxoffice.purchase.allocation.Batches.OTHER_TYPE;
import static io.boxoffice.purchase.allocation.Batches.TYPE;
import static io.boxoffice.purchase.allocation.Batches.decide;
import static io.boxoffice.purchase.allocation.Batches.holding;
import static io.boxoffice.purchase.allocation.Batches.request;
import static io.boxoffice.purchase.allocation.Batches.stock;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.concert.Price;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Compares random batches with a simple model that decides one request after the other. */
class AllocationModelTest {
  private static final long SEED = 20261120;
  private static final int CASES = 10_000;

  @Test
  void aBatchIsDecidedAsIfEachRequestWereAlone() {
    Random random = new Random(SEED);
    for (int i = 0; i < CASES; i++) {
      Map<UUID, Stock> stocks =
          Map.of(
              TYPE,
              stock(TYPE, random.nextInt(12)),
              OTHER_TYPE,
              stock(OTHER_TYPE, random.nextInt(4)));
      Map<String, Purchase> earlier = new HashMap<>();
      if (random.nextBoolean()) {
        earlier.put("k0", bought(1 + random.nextInt(2)));
      }
      List<PurchaseRequest> batch = new ArrayList<>();
      for (int size = random.nextInt(20); size > 0; size--) {
        batch.add(randomRequest(random));
      }

      assertThat(decide(stocks, batch, earlier))
          .as("case %d", i)
          .isEqualTo(decideOneByOne(stocks, batch, earlier));
    }
  }

  private static List<String> decideOneByOne(
      Map<UUID, Stock> stocks, List<PurchaseRequest> batch, Map<String, Purchase> earlier) {
    List<String> decisions = new ArrayList<>();
    Map<String, String> bodyOfKey = new HashMap<>();
    Map<String, Integer> indexOfKey = new HashMap<>();
    earlier.forEach((key, row) -> bodyOfKey.put(key, row.ticketTypeId() + " " + row.quantity()));
    Map<UUID, Integer> stock = new HashMap<>();
    stocks.forEach((type, before) -> stock.put(type, before.available()));
    for (PurchaseRequest request : batch) {
      String key =
          request.key() == null || !request.isHold() ? request.key() : "order " + request.key();
      String body = request.ticketTypeId() + " " + request.quantity();
      int left = stock.get(request.ticketTypeId());
      if (key != null && bodyOfKey.containsKey(key)) {
        boolean same = bodyOfKey.get(key).equals(body);
        decisions.add(
            !same
                ? "key reused"
                : indexOfKey.containsKey(key) ? "same as " + indexOfKey.get(key) : "replayed");
      } else if (request.arrivedAt().isBefore(OPEN)) {
        decisions.add("not open");
      } else if (!request.arrivedAt().isBefore(CLOSE)) {
        decisions.add("closed");
      } else if (request.quantity() > 4) {
        decisions.add("too many");
      } else if (request.quantity() > left) {
        decisions.add("sold-out " + left);
      } else {
        stock.put(request.ticketTypeId(), left - request.quantity());
        if (key != null) {
          bodyOfKey.put(key, body);
          indexOfKey.put(key, decisions.size());
        }
        decisions.add(request.isHold() ? "hold" : "sell");
      }
    }
    return decisions;
  }

  private static PurchaseRequest randomRequest(Random random) {
    Instant at =
        switch (random.nextInt(20)) {
          case 0 -> OPEN.minusNanos(1);
          case 1 -> CLOSE;
          default -> OPEN;
        };
    String key = random.nextInt(3) == 0 ? "k" + random.nextInt(4) : null;
    UUID type = random.nextInt(4) == 0 ? OTHER_TYPE : TYPE;
    PurchaseRequest request = request(type, key, 1 + random.nextInt(5), at);
    return random.nextInt(3) == 0 ? holding(request) : request;
  }

  private static Purchase bought(int quantity) {
    return new Purchase(
        new UUID(3, 3),
        CONCERT,
        TYPE,
        "ada@example.com",
        quantity,
        new Price(4500L, "EUR").times(quantity),
        Purchase.Status.CONFIRMED,
        List.of(),
        OPEN,
        null,
        null);
  }
}
