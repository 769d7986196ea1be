package io.boxoffice.http;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * Lets go of whoever writes an answer before its client has read it: a client that reads slowly, or
 * not at all, holds a connection and a small buffer, but no thread of HTTP and none of the sales
 * desk. Bytes are copied, for their writer uses its buffer again.
 */
public final class AnswerHandler extends Handler.Wrapper {
  /** Who writes more than this waits for the client, up to the idle timeout. */
  private static final int MOST_BYTES = 64 * 1024;

  /** Sends the answers of the given handler. */
  public AnswerHandler(Handler next) {
    super(next);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Answer answer = new Answer(request, response, callback);
    return super.handle(request, answer, answer.handling());
  }

  /**
   * A piece of an answer.
   *
   * @param written told when the piece has left; null where its writer waits no longer
   */
  private record Piece(boolean last, ByteBuffer bytes, Callback written) {}

  /** An answer that is complete when its handling has ended and its last bytes have left. */
  private static final class Answer extends Response.Wrapper {
    private final Callback complete;
    private final AtomicInteger kept = new AtomicInteger();

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
      boolean keep = kept.addAndGet(BufferUtil.length(content)) <= MOST_BYTES;
      missing.incrementAndGet();
      unsent.add(keep ? new Piece(last, taken(content), null) : new Piece(last, content, written));
      sending.iterate();
      if (broken != null) {
        dropUnsent();
      }
      if (keep && broken == null) {
        written.succeeded();
      } else if (keep) {
        written.failed(broken);
      }
    }

    private static ByteBuffer taken(ByteBuffer content) {
      ByteBuffer copy = BufferUtil.copy(content);
      if (content != null) {
        content.position(content.limit());
      }
      return copy;
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
      if (piece.written() != null) {
        piece.written().failed(broken);
      }
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
        Piece sent = piece;
        if (sent.written() != null) {
          sent.written().succeeded();
        }
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
