package io.boxoffice.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Reads each body to its end before anything else sees the request. A body that comes slowly holds
 * a connection and a small buffer meanwhile, but no thread; one that is too large or too slow is
 * refused here. Bytes are copied, since a kept network buffer may be far larger than what is in it.
 */
public final class WholeBodyHandler extends Handler.Wrapper {
  /**
   * So much of a larger body is read and thrown away before the refusal, because a connection
   * closed with bytes unread is reset, and its client would never see the 413.
   */
  private static final int DRAINED_BYTES = 4 * 1024 * 1024;

  private final BodyLimits sizes;
  private final Duration limit;

  /** Reads bodies of the given sizes, and waits for each at most the given time. */
  public WholeBodyHandler(Handler next, BodyLimits sizes, Duration limit) {
    super(next);
    this.sizes = sizes;
    this.limit = limit;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    boolean hasBody =
        request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    if (!hasBody) {
      return super.handle(request, response, callback);
    }
    boolean asksFirst = request.getHeaders().contains(HttpHeader.EXPECT);
    if (asksFirst && request.getLength() > sizes.of(request)) {
      Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
      return true;
    }
    new Reading(request, response, callback).run();
    return true;
  }

  /** One body on its way. Jetty calls {@link #run()} again whenever more has come. */
  private final class Reading implements Runnable {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final int most;
    private long arrived;
    private Scheduler.Task deadline;

    Reading(Request request, Response response, Callback callback) {
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.most = sizes.of(request);
    }

    @Override
    public void run() {
      for (Content.Chunk chunk = request.read(); ; chunk = request.read()) {
        if (chunk == null) {
          awaitMore();
          return;
        }
        if (Content.Chunk.isFailure(chunk)) {
          cancelDeadline();
          refuse(HttpStatus.REQUEST_TIMEOUT_408);
          return;
        }
        keep(chunk);
        if (chunk.isLast() || arrived > DRAINED_BYTES) {
          cancelDeadline();
          finish();
          return;
        }
      }
    }

    /** Most bodies come with their headers; only one that does not needs a deadline. */
    private void awaitMore() {
      if (deadline == null) {
        deadline =
            request
                .getComponents()
                .getScheduler()
                .schedule(
                    () -> request.fail(new TimeoutException("the body came too slowly")),
                    limit.toMillis(),
                    TimeUnit.MILLISECONDS);
      }
      request.demand(this);
    }

    private void cancelDeadline() {
      if (deadline != null) {
        deadline.cancel();
      }
    }

    private void keep(Content.Chunk chunk) {
      arrived += chunk.remaining();
      if (arrived <= most) {
        body.writeBytes(BufferUtil.toArray(chunk.getByteBuffer()));
      }
      chunk.release();
    }

    private void finish() {
      if (arrived > most) {
        refuse(HttpStatus.PAYLOAD_TOO_LARGE_413);
        return;
      }
      try {
        if (!getHandler().handle(new Read(request, body.toByteArray()), response, callback)) {
          refuse(HttpStatus.NOT_FOUND_404);
        }
      } catch (Throwable failure) {
        Response.writeError(request, response, callback, failure);
      }
    }

    private void refuse(int status) {
      Response.writeError(request, response, callback, status);
    }
  }

  /** A request whose body is all there. */
  private static final class Read extends Request.Wrapper {
    private Content.Chunk rest;

    Read(Request request, byte[] body) {
      super(request);
      this.rest = Content.Chunk.from(ByteBuffer.wrap(body), true);
    }

    @Override
    public Content.Chunk read() {
      Content.Chunk next = rest;
      rest = Content.Chunk.next(next);
      return next;
    }

    @Override
    public void demand(Runnable demandCallback) {
      demandCallback.run();
    }

    @Override
    public void fail(Throwable failure) {
      rest = Content.Chunk.from(failure, true);
    }
  }
}
