package io.boxoffice.http;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Lets go of whoever writes the end of an answer before its client has read it: a client that reads
 * slowly, or not at all, holds a connection and a small buffer, but no thread of HTTP and none of
 * the sales desk. Bytes are copied, for their writer uses its buffer again.
 */
public final class AnswerHandler extends Handler.Wrapper {
  /** The writer of a larger piece waits for its client, up to the idle timeout. */
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

  /** An answer that is complete when its handling has ended and its last bytes have left. */
  private static final class Answer extends Response.Wrapper {
    private final Callback complete;
    private final AtomicInteger missing = new AtomicInteger(1);
    private volatile Throwable failure;

    Answer(Request request, Response response, Callback complete) {
      super(request, response);
      this.complete = complete;
    }

    Callback handling() {
      return Callback.from(this::succeeded, this::failed);
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback written) {
      if (!last || BufferUtil.length(content) > MOST_BYTES) {
        super.write(last, content, written);
        return;
      }
      ByteBuffer copy = BufferUtil.copy(content);
      if (content != null) {
        content.position(content.limit());
      }
      missing.incrementAndGet();
      super.write(true, copy, Callback.from(this::succeeded, this::failed));
      if (failure == null) {
        written.succeeded();
      } else {
        written.failed(failure);
      }
    }

    private void failed(Throwable cause) {
      failure = cause;
      succeeded();
    }

    private void succeeded() {
      if (missing.decrementAndGet() > 0) {
        return;
      }
      if (failure == null) {
        complete.succeeded();
      } else {
        complete.failed(failure);
      }
    }
  }
}
