package io.boxoffice.platform.http.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Detects that a client has closed its connection while Jetty does not read from it. The end of a
 * stream follows its last byte, so this end point reads and keeps the bytes before the end. Jetty
 * gets them in order when it reads again.
 */
public final class ReadAheadEndPoint extends SocketChannelEndPoint {
  /**
   * The most bytes kept for each connection: as many as the largest body, which a waiting request
   * also has in memory. Another limit bounds the number of waiting requests.
   */
  public static final int MOST_BYTES = 64 * 1024;

  private static final int FIRST_BYTES = 256;

  /** The result of a read ahead. */
  public enum Sight {
    /** The client has closed the connection, or the connection is broken. */
    END,
    /** All received bytes are read; more may follow. */
    NO_MORE_YET,
    /** The buffer is full, so the end cannot be detected. */
    FULL
  }

  private final Executor executor;

  /** Null when nothing is kept, so that a normal read needs no lock. */
  private volatile ByteBuffer kept;

  /**
   * Creates the end point. The executor runs callbacks that wait for bytes which are already kept.
   */
  public ReadAheadEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Executor executor) {
    super(channel, selector, key, scheduler);
    this.executor = executor;
  }

  /**
   * Waits once until the network is readable: bytes, the end of the stream, or a false alarm.
   *
   * @return false when another callback waits already
   */
  public boolean tryAwaitNetwork(Callback callback) {
    return getFillInterest().tryRegister(callback);
  }

  /** Reads the received bytes. Call it only while Jetty neither reads nor waits for bytes. */
  public synchronized Sight readAhead() {
    try {
      int read;
      do {
        ByteBuffer buffer = bufferWithSpace();
        if (buffer.remaining() == buffer.capacity()) {
          return Sight.FULL;
        }
        int start = BufferUtil.flipToFill(buffer);
        try {
          read = getChannel().read(buffer);
        } finally {
          BufferUtil.flipToFlush(buffer, start);
        }
        if (read > 0) {
          kept = buffer;
        }
      } while (read > 0);
      return read == 0 ? Sight.NO_MORE_YET : end();
    } catch (IOException reset) {
      return end();
    }
  }

  /**
   * Drops the kept bytes: requests that a client sent before it closed the connection are not
   * executed.
   */
  private Sight end() {
    kept = null;
    return Sight.END;
  }

  private ByteBuffer bufferWithSpace() {
    ByteBuffer current = kept;
    if (current == null) {
      return BufferUtil.allocate(FIRST_BYTES);
    }
    if (current.remaining() < current.capacity() || current.capacity() == MOST_BYTES) {
      return current;
    }
    ByteBuffer larger = BufferUtil.allocate(Math.min(2 * current.capacity(), MOST_BYTES));
    BufferUtil.append(larger, current);
    // Assign it before the read: the read may return nothing, and the smaller buffer is already
    // empty.
    kept = larger;
    return larger;
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    if (kept == null || isInputShutdown()) {
      return super.fill(buffer);
    }
    return fillFromKept(buffer);
  }

  private synchronized int fillFromKept(ByteBuffer buffer) {
    notIdle();
    int filled = BufferUtil.append(buffer, kept);
    if (!kept.hasRemaining()) {
      kept = null;
    }
    return filled;
  }

  @Override
  public void fillInterested(Callback callback) {
    super.fillInterested(callback);
    signalKeptBytes();
  }

  @Override
  public boolean tryFillInterested(Callback callback) {
    boolean registered = super.tryFillInterested(callback);
    signalKeptBytes();
    return registered;
  }

  /**
   * Calls back for kept bytes, because the selector only knows of bytes in the network's buffers.
   */
  private void signalKeptBytes() {
    if (kept != null) {
      // Runs on another thread, because Jetty registers inside the loop that the callback enters.
      executor.execute(getFillInterest()::fillable);
    }
  }
}
