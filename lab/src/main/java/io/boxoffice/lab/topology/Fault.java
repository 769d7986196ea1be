package io.boxoffice.lab.topology;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Something that goes wrong.
 *
 * @param name on the command line
 * @param what happens, for a reader
 * @param strike lets it happen, and gives how it ends
 */
public record Fault(String name, String what, Supplier<Strike> strike) {

  /**
   * A fault that has happened.
   *
   * @param where which node, or what, it struck
   * @param mayHeal whether the topology has reacted, so that the fault may end
   * @param longest the fault ends after this time even without a reaction
   * @param heal ends it
   */
  public record Strike(String where, BooleanSupplier mayHeal, Duration longest, Runnable heal) {}
}
