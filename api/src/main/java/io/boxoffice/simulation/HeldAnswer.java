package io.boxoffice.simulation;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Keeps an answer back when it is complete, so that it can be delayed, replaced or thrown away
 * after its request was handled. Status and headers pass; the body stays here until it is sent.
 */
final class HeldAnswer {
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Consumer<AsyncContext> complete;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private volatile boolean asynchronous;

  /**
   * Holds the answer to a request.
   *
   * @param complete is told of the suspended request when its answer is complete
   */
  HeldAnswer(
      HttpServletRequest request, HttpServletResponse response, Consumer<AsyncContext> complete) {
    this.request = request;
    this.response = response;
    this.complete = complete;
  }

  /** The request to handle. */
  HttpServletRequest request() {
    return new Request();
  }

  /** The response to write. */
  HttpServletResponse response() {
    return new Response();
  }

  /** Whether the request is, or was, handled beyond the thread that brought it. */
  boolean isAsynchronous() {
    return asynchronous;
  }

  /** Sends what was held. */
  void send() throws IOException {
    body.writeTo(response.getOutputStream());
  }

  private final class Request extends HttpServletRequestWrapper {
    Request() {
      super(request);
    }

    @Override
    public AsyncContext startAsync() {
      return startAsync(this, HeldAnswer.this.response());
    }

    @Override
    public AsyncContext startAsync(ServletRequest asked, ServletResponse answered) {
      asynchronous = true;
      AsyncContext suspended = request.startAsync();
      return new HeldAsyncContext(suspended, asked, answered, () -> complete.accept(suspended));
    }
  }

  private final class Response extends HttpServletResponseWrapper {
    private final ServletOutputStream stream = new Stream();
    private PrintWriter writer;

    Response() {
      super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() {
      return stream;
    }

    @Override
    public PrintWriter getWriter() {
      if (writer == null) {
        writer = new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
      }
      return writer;
    }

    @Override
    public void flushBuffer() {
      // Would commit an answer that may yet be replaced.
    }

    @Override
    public void resetBuffer() {
      body.reset();
    }
  }

  private final class Stream extends ServletOutputStream {
    @Override
    public void write(int octet) {
      body.write(octet);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      body.write(bytes, offset, length);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException("nothing here writes that way");
    }
  }
}
