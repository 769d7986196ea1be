package io.boxoffice.platform.http.server;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * Frees the writing thread before its client has read the response. A client that reads slowly, or
 * not at all, holds a connection and a copy of its response, but no thread. While clients read,
 * copies are few and small. When clients do not read, large responses are aborted before they fill
 * the memory. This saves no CPU time; it only keeps threads free.
 */
public final class AnswerHandler extends Handler.Wrapper {
  /**
   * The unsent bytes that one response may always have, whatever the total. Most responses are
   * smaller.
   */
  private static final int MOST_BYTES = 64 * 1024;

  /**
   * The unsent bytes of all responses together. Above this, a response with more than {@link
   * #MOST_BYTES} is aborted.
   */
  private static final long MOST_BYTES_OF_ALL = 32 * 1024 * 1024;

  private final long mostBytesOfAll;
  private final AtomicLong unsentBytesOfAll = new AtomicLong();

  /** Sends the responses of the given handler. */
  public AnswerHandler(Handler next) {
    this(next, MOST_BYTES_OF_ALL);
  }

  /**
   * Sends the responses of the given handler, with the given limit in bytes for all unsent
   * responses.
   */
  AnswerHandler(Handler next, long mostBytesOfAll) {
    super(next);
    this.mostBytesOfAll = mostBytesOfAll;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Answer answer = new Answer(request, response, callback);
    return super.handle(request, answer, answer.handlerCallback());
  }

  /** The number of copied bytes that are not sent yet. */
  long unsentBytes() {
    return unsentBytesOfAll.get();
  }

  /** A piece of a response. It keeps its length, because sending empties its buffer. */
  private record Piece(boolean last, ByteBuffer bytes, int length) {}

  /** A response that is complete when its handler has ended and its last bytes are sent. */
  private final class Answer extends Response.Wrapper {
    private final Callback complete;
    private final AtomicInteger unsentBytes = new AtomicInteger();

    /** The number of unsent pieces, plus one for the running handler. */
    private final AtomicInteger pendingParts = new AtomicInteger(1);

    private final Queue<Piece> unsent = new ConcurrentLinkedQueue<>();
    private final Sending sending = new Sending();
    private volatile Throwable failure;

    /** The reason why nothing more can be sent. */
    private volatile Throwable broken;

    Answer(Request request, Response response, Callback complete) {
      super(request, response);
      this.complete = complete;
    }

    Callback handlerCallback() {
      return Callback.from(this::partCompleted, this::partFailed);
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback written) {
      if (last && getStatus() == HttpStatus.NOT_MODIFIED_304) {
        // As one piece with the headers, Jetty would send Content-Length: 0 (RFC 9110, 8.6).
        keep(false, null);
      }
      keep(last, content);
      sending.iterate();
      if (broken != null) {
        dropUnsent();
      }
      // The write succeeds even if the connection is broken: a broken connection is no failure of
      // the handler.
      written.succeeded();
    }

    private void keep(boolean last, ByteBuffer content) {
      int length = BufferUtil.length(content);
      ByteBuffer copy = BufferUtil.copy(content);
      if (content != null) {
        content.position(content.limit());
      }
      pendingParts.incrementAndGet();
      unsent.add(new Piece(last, copy, length));
      boolean isLarge = unsentBytes.addAndGet(length) > MOST_BYTES;
      boolean memoryIsFull = unsentBytesOfAll.addAndGet(length) > mostBytesOfAll;
      if (isLarge && memoryIsFull) {
        abort();
      }
    }

    /** Aborts the response: the piece in transfer fails, and with it all unsent pieces. */
    private void abort() {
      getRequest()
          .getConnectionMetaData()
          .getConnection()
          .getEndPoint()
          .close(new EofException("The client reads too slowly, and so do others"));
    }

    private void subtractFromUnsent(Piece piece) {
      unsentBytes.addAndGet(-piece.length());
      unsentBytesOfAll.addAndGet(-piece.length());
    }

    private void partFailed(Throwable cause) {
      failure = cause;
      partCompleted();
    }

    private void partCompleted() {
      if (pendingParts.decrementAndGet() > 0) {
        return;
      }
      if (failure == null) {
        complete.succeeded();
      } else {
        complete.failed(failure);
      }
    }

    private void dropUnsent() {
      for (Piece piece = unsent.poll(); piece != null; piece = unsent.poll()) {
        drop(piece);
      }
    }

    private void drop(Piece piece) {
      subtractFromUnsent(piece);
      partFailed(broken);
    }

    /**
     * Sends the pieces one after the other, because Jetty accepts no second write during a write.
     */
    private final class Sending extends IteratingCallback {
      private Piece piece;

      @Override
      protected Action process() {
        piece = unsent.poll();
        if (piece == null) {
          return Action.IDLE;
        }
        getWrapped().write(piece.last(), piece.bytes(), this);
        return Action.SCHEDULED;
      }

      @Override
      protected void onSuccess() {
        subtractFromUnsent(piece);
        partCompleted();
      }

      @Override
      protected void onCompleteFailure(Throwable cause) {
        broken = cause;
        drop(piece);
        dropUnsent();
      }
    }
  }
}
