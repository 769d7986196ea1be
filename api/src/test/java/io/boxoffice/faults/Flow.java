package io.boxoffice.faults;

import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Describes one way through the shop.
 *
 * @param prepare what comes before, without a fault
 * @param act what sends the messages at which faults happen; an answer may be lost
 * @param resolve what a client does that does not know the result, at a replica that works
 * @param ends the states of the order, or of the purchase, that are right after the recovery
 * @param cleanEnd the one without a fault
 */
record Flow(
    String name,
    Consumer<Scene> prepare,
    Consumer<Scene> act,
    BiConsumer<Scene, Shop> resolve,
    Set<String> ends,
    String cleanEnd) {

  Flow(
      String name,
      Consumer<Scene> prepare,
      Consumer<Scene> act,
      BiConsumer<Scene, Shop> resolve,
      String end) {
    this(name, prepare, act, resolve, Set.of(end), end);
  }

  @Override
  public String toString() {
    return name;
  }
}
