package io.boxoffice.stress.check;

import io.boxoffice.stress.check.history.Stock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tickets of {@link TestShop} that are left, at every time so far. */
final class TestStocks {
  private final int capacity;
  private final Map<String, TreeMap<Long, Long>> left = new LinkedHashMap<>();

  TestStocks(int count, int capacity) {
    this.capacity = capacity;
    for (int i = 0; i < count; i++) {
      left.put("s" + i, new TreeMap<>(Map.of(Long.MIN_VALUE, (long) capacity)));
    }
  }

  long left(String stock) {
    return left.get(stock).lastEntry().getValue();
  }

  long at(String stock, long time) {
    return left.get(stock).floorEntry(time).getValue();
  }

  void set(String stock, long value, long time) {
    TreeMap<Long, Long> course = left.get(stock);
    course.put(Math.max(time, course.lastKey()), value);
  }

  /** Returns another stock, or the same if there is no other. */
  String other(String stock) {
    return left.keySet().stream().filter(one -> !one.equals(stock)).findFirst().orElse(stock);
  }

  /** Returns what is left in the end, which is wrong by so many tickets. */
  List<Stock> end(long wrong) {
    return left.keySet().stream()
        .map(stock -> new Stock(stock, capacity, left(stock) + wrong))
        .toList();
  }
}
