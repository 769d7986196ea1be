package io.boxoffice.platform.http;

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
 * Lets go of whoever writes an answer before its client has read it: a client that reads slowly, or
 * not at all, holds a connection and a copy of its answer, but no thread. Copies are few and small
 * while clients read; where they do not, large answers are broken off before they fill the memory.
 */
public final class AnswerHandler extends Handler.Wrapper {
  /** How much of an answer may be unsent, whatever becomes of the others: most are smaller. */
  private static final int MOST_BYTES = 64 * 1024;

  /** How much of all answers may be unsent, before one of more than that is broken off. */
  private static final long MOST_BYTES_OF_ALL = 32 * 1024 * 1024;

  private final long mostBytesOfAll;
  private final AtomicLong unsentBytesOfAll = new AtomicLong();

  /** Sends the answers of the given handler. */
  public AnswerHandler(Handler next) {
    this(next, MOST_BYTES_OF_ALL);
  }

  /** Sends the answers of the given handler within a memory of so many bytes. */
  AnswerHandler(Handler next, long mostBytesOfAll) {
    super(next);
    this.mostBytesOfAll = mostBytesOfAll;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Answer answer = new Answer(request, response, callback);
    return super.handle(request, answer, answer.handling());
  }

  /** How many bytes are copied and not sent. */
  long unsentBytes() {
    return unsentBytesOfAll.get();
  }

  /** A piece of an answer, with a length that its buffer loses when it is sent. */
  private record Piece(boolean last, ByteBuffer bytes, int length) {}

  /** An answer that is complete when its handling has ended and its last bytes have left. */
  private final class Answer extends Response.Wrapper {
    private final Callback complete;
    private final AtomicInteger unsentBytes = new AtomicInteger();

    /** The pieces that have not left, and one for the handling. */
    private final AtomicInteger missing = new AtomicInteger(1);

    private final Queue<Piece> unsent = new ConcurrentLinkedQueue<>();
    private final Sending sending = new Sending();
    private volatile Throwable failure;

    /** Why nothing more can be sent. */
    private volatile Throwable broken;

    Answer(Request request, Response response, Callback complete) {
      super(request, response);
      this.complete = complete;
    }

    Callback handling() {
      return Callback.from(this::left, this::lost);
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback written) {
      if (last && getStatus() == HttpStatus.NOT_MODIFIED_304) {
        // In one piece with its headers, Jetty would announce the length 0 (RFC 9110, 8.6).
        keep(false, null);
      }
      keep(last, content);
      sending.iterate();
      if (broken != null) {
        dropUnsent();
      }
      // Also where nobody takes it any more: that is not its writer's fault.
      written.succeeded();
    }

    private void keep(boolean last, ByteBuffer content) {
      int length = BufferUtil.length(content);
      ByteBuffer copy = BufferUtil.copy(content);
      if (content != null) {
        content.position(content.limit());
      }
      missing.incrementAndGet();
      unsent.add(new Piece(last, copy, length));
      boolean isLarge = unsentBytes.addAndGet(length) > MOST_BYTES;
      boolean memoryIsFull = unsentBytesOfAll.addAndGet(length) > mostBytesOfAll;
      if (isLarge && memoryIsFull) {
        breakOff();
      }
    }

    /** What is being sent fails by it, and with it everything that is unsent. */
    private void breakOff() {
      getRequest()
          .getConnectionMetaData()
          .getConnection()
          .getEndPoint()
          .close(new EofException("The client reads too slowly, and so do others"));
    }

    private void forget(Piece piece) {
      unsentBytes.addAndGet(-piece.length());
      unsentBytesOfAll.addAndGet(-piece.length());
    }

    private void lost(Throwable cause) {
      failure = cause;
      left();
    }

    private void left() {
      if (missing.decrementAndGet() > 0) {
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
      forget(piece);
      lost(broken);
    }

    /** Sends one piece after the other, for Jetty takes no second one while it sends. */
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
        forget(piece);
        left();
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
