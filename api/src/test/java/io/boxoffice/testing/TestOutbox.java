package io.boxoffice.testing;

import com.fasterxml.uuid.Generators;
import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.event.outbox.StoredOutbox;

/** Gives features an outbox that writes its table, without a relay. */
public final class TestOutbox {
  private TestOutbox() {}

  /** Returns an outbox; its events stay in the table. */
  public static Outbox create() {
    return new StoredOutbox(Generators.timeBasedEpochGenerator(), () -> {});
  }
}
