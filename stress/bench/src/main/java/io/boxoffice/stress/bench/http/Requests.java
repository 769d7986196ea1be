package io.boxoffice.stress.bench.http;

import java.nio.ByteBuffer;

/** Gives a generator its requests, one after the other. */
@FunctionalInterface
public interface Requests {
  /** Puts the next request into a buffer, ready to be written. */
  void next(ByteBuffer out);
}
