package io.boxoffice.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Splits both directions of one connection into messages. */
interface Protocol {

  /**
   * Holds one message.
   *
   * @param content the bytes as received
   * @param label what it is, for a person
   * @param counted whether it is part of what a flow sends, and not of the set-up of a connection
   */
  record Frame(ByteBuffer content, String label, boolean counted) {
    /** The content as an array; each buffer is the whole of one. */
    @SuppressWarnings("ByteBufferBackingArray")
    byte[] bytes() {
      return content.array();
    }
  }

  /** Reads the next message of the side that opened the connection; null at the end. */
  Frame nextRequest(InputStream in) throws IOException;

  /** Reads the next message of the other side; null at the end. */
  Frame nextAnswer(InputStream in) throws IOException;
}
