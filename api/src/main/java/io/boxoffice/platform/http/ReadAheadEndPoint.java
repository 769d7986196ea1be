package io.boxoffice.platform.http;

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
 * Shows that a client has hung up while Jetty reads nothing from its connection. The end of a
 * stream stands behind the last byte of it, so this reads the bytes before the end and keeps them;
 * Jetty gets them, in their order, when it reads again.
 */
public final class ReadAheadEndPoint extends SocketChannelEndPoint {
  /**
   * So much is kept for each connection: as much as the largest body, which a waiting request has
   * in memory as well. How many requests wait is bounded elsewhere.
   */
  public static final int MOST_BYTES = 64 * 1024;

  private static final int FIRST_BYTES = 256;

  /** What a read ahead came upon. */
  public enum Sight {
    /** The client has hung up, or its connection is broken. */
    END,
    /** All is read that has come; more may come. */
    NO_MORE_YET,
    /** No more can be kept, so the end cannot be seen. */
    FULL
  }

  private final Executor executor;

  /** Null when nothing is kept, so that reading as usual costs no lock. */
  private volatile ByteBuffer kept;

  /** Runs on the given executor what waits for bytes that are there already. */
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
   * Waits, once, until the network has something to read: bytes, the end, or nothing after all.
   *
   * @return false when something waits already
   */
  public boolean tryAwaitNetwork(Callback callback) {
    return getFillInterest().tryRegister(callback);
  }

  /** Reads what has come. To be called only while Jetty neither reads nor waits for bytes. */
  public synchronized Sight readAhead() {
    try {
      int read;
      do {
        ByteBuffer roomy = withRoom();
        if (roomy.remaining() == roomy.capacity()) {
          return Sight.FULL;
        }
        int start = BufferUtil.flipToFill(roomy);
        try {
          read = getChannel().read(roomy);
        } finally {
          BufferUtil.flipToFlush(roomy, start);
        }
        if (read > 0) {
          kept = roomy;
        }
      } while (read > 0);
      return read == 0 ? Sight.NO_MORE_YET : end();
    } catch (IOException reset) {
      return end();
    }
  }

  /** What a client asked for before it hung up is not done. */
  private Sight end() {
    kept = null;
    return Sight.END;
  }

  private ByteBuffer withRoom() {
    ByteBuffer now = kept;
    if (now == null) {
      return BufferUtil.allocate(FIRST_BYTES);
    }
    if (now.remaining() < now.capacity() || now.capacity() == MOST_BYTES) {
      return now;
    }
    ByteBuffer larger = BufferUtil.allocate(Math.min(2 * now.capacity(), MOST_BYTES));
    BufferUtil.append(larger, now);
    // At once, since there may be nothing to read after all, and the smaller one is empty now.
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
    announceKept();
  }

  @Override
  public boolean tryFillInterested(Callback callback) {
    boolean registered = super.tryFillInterested(callback);
    announceKept();
    return registered;
  }

  /** The selector knows only of bytes that the network still has. */
  private void announceKept() {
    if (kept != null) {
      // On another thread, since Jetty registers from within the loop that the callback enters.
      executor.execute(getFillInterest()::fillable);
    }
  }
}
