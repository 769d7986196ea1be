package io.boxoffice.platform.http.server;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.NdJson;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
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
 * Reads and decodes each body completely before other code handles the request, so that a slow body
 * holds a connection and a small buffer, but no thread. A body that is too large, too slow, badly
 * framed or badly compressed is rejected here; a large one whose lines are independent is cut.
 * Bytes are copied, because a network buffer may be far larger than its content.
 */
public final class WholeBodyHandler extends Handler.Wrapper {
  /**
   * The number of bytes of a too large body that are read and dropped before the rejection. A
   * connection that is closed with unread bytes is reset, and the client would not see the 413.
   */
  private static final int DRAINED_BYTES = 4 * 1024 * 1024;

  private final BodyLimits sizes;
  private final Duration limit;

  /** Reads bodies up to the given sizes, each within the given time. */
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
    boolean expectsContinue = request.getHeaders().contains(HttpHeader.EXPECT);
    if (expectsContinue && request.getLength() > sizes.of(request) && !sizes.mayBeCut(request)) {
      Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
      return true;
    }
    new Reading(request, response, callback).run();
    return true;
  }

  /** Reads one body. Jetty calls {@link #run()} again when more bytes are received. */
  private final class Reading implements Runnable {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final int most;
    private long received;
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
          reject(statusOf(chunk.getFailure()));
          return;
        }
        keep(chunk);
        if (chunk.isLast() || received > DRAINED_BYTES) {
          cancelDeadline();
          finish();
          return;
        }
      }
    }

    /**
     * Waits for more bytes. Most bodies are received together with their headers; only the others
     * need a deadline.
     */
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
      received += chunk.remaining();
      if (received <= most) {
        body.writeBytes(BufferUtil.toArray(chunk.getByteBuffer()));
      }
      chunk.release();
    }

    private void finish() {
      boolean isCut = received > most && sizes.mayBeCut(request);
      if (received > most && !isCut) {
        reject(HttpStatus.PAYLOAD_TOO_LARGE_413);
        return;
      }
      if (isCut) {
        request.setAttribute(NdJson.CUT, true);
      }
      try {
        byte[] bytes = isCut ? wholeLines(body.toByteArray()) : body.toByteArray();
        byte[] decoded = ContentCoding.decode(request.getHeaders(), bytes, most);
        if (!getHandler().handle(new Read(request, decoded), response, callback)) {
          reject(HttpStatus.NOT_FOUND_404);
        }
      } catch (ProblemException rejection) {
        reject(rejection);
      } catch (Throwable failure) {
        Response.writeError(request, response, callback, failure);
      }
    }

    private static byte[] wholeLines(byte[] bytes) {
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      return Arrays.copyOf(bytes, end);
    }

    private void reject(ProblemException rejection) {
      int status = rejection.problem().status();
      if (status == ProblemCode.UNSUPPORTED_MEDIA_TYPE.status()) {
        response.getHeaders().put(HttpHeader.ACCEPT_ENCODING, ContentCoding.ACCEPTED);
      }
      Response.writeError(request, response, callback, status, null, rejection);
    }

    private void reject(int status) {
      Response.writeError(request, response, callback, status);
    }

    /**
     * The status of the client's error: the framing of RFC 9112, 7.1 is broken, or the time is
     * over.
     */
    private static int statusOf(Throwable failure) {
      if (failure instanceof HttpException broken) {
        return broken.getCode();
      }
      return failure instanceof TimeoutException
          ? HttpStatus.REQUEST_TIMEOUT_408
          : HttpStatus.BAD_REQUEST_400;
    }
  }

  /** A request with a body that is complete, decoded and of known length. */
  private static final class Read extends Request.Wrapper {
    private final HttpFields headers;
    private final int length;
    private Content.Chunk rest;

    Read(Request request, byte[] body) {
      super(request);
      this.length = body.length;
      this.headers =
          request.getLength() == length
                  && !request.getHeaders().contains(HttpHeader.CONTENT_ENCODING)
              ? request.getHeaders()
              : HttpFields.build(request.getHeaders())
                  .remove(HttpHeader.CONTENT_ENCODING)
                  .remove(HttpHeader.TRANSFER_ENCODING)
                  .put(HttpHeader.CONTENT_LENGTH, length);
      this.rest = Content.Chunk.from(ByteBuffer.wrap(body), true);
    }

    @Override
    public HttpFields getHeaders() {
      return headers;
    }

    @Override
    public long getLength() {
      return length;
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
