package io.boxoffice.faults;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Splits a connection to RabbitMQ into frames (AMQP 0-9-1, section 4.2.3): one byte for the type,
 * two for the channel, four for the size, the payload, and one byte for the end. Before its first
 * frame, the client sends eight bytes. Heartbeats do not count, because they depend on the time.
 */
final class AmqpProtocol implements Protocol {
  private static final int HEADER_BYTES = 8;
  private static final int FRAME_BYTES = 8;
  private static final int METHOD = 1;
  private static final int HEARTBEAT = 8;

  private boolean started;

  @Override
  public Frame nextRequest(InputStream in) throws IOException {
    if (!started) {
      started = true;
      byte[] header = in.readNBytes(HEADER_BYTES);
      return header.length < HEADER_BYTES
          ? null
          : new Frame(ByteBuffer.wrap(header), "protocol header", true);
    }
    return frame(in);
  }

  @Override
  public Frame nextAnswer(InputStream in) throws IOException {
    return frame(in);
  }

  private static Frame frame(InputStream in) throws IOException {
    int type = in.read();
    if (type < 0) {
      return null;
    }
    DataInputStream data = new DataInputStream(in);
    try {
      short channel = data.readShort();
      int size = data.readInt();
      ByteBuffer bytes = ByteBuffer.allocate(FRAME_BYTES + size);
      bytes.put((byte) type).putShort(channel).putInt(size);
      byte[] rest = new byte[size + 1];
      data.readFully(rest);
      bytes.put(rest);
      return new Frame(bytes, label(type, ByteBuffer.wrap(rest)), type != HEARTBEAT);
    } catch (EOFException end) {
      return null;
    }
  }

  /** Names a method by the numbers of its class and itself. */
  private static String label(int type, ByteBuffer payload) {
    return type == METHOD
        ? "method %d.%d".formatted(payload.getShort(), payload.getShort())
        : "frame of type " + type;
  }
}
