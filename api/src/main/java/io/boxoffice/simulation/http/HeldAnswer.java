package io.boxoffice.simulation.http;

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
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds a complete response, so that the filter can delay, replace or discard it after the service
 * has handled the request. Status and headers go to the real response at once. The body stays here
 * until {@link #send}.
 */
final class HeldAnswer {
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final BiConsumer<HeldAnswer, AsyncContext> complete;
  private final Map<String, List<String>> headersBefore;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private volatile boolean asynchronous;

  /**
   * Holds the response to a request.
   *
   * @param complete receives this response and its suspended request when the response is complete
   */
  HeldAnswer(
      HttpServletRequest request,
      HttpServletResponse response,
      BiConsumer<HeldAnswer, AsyncContext> complete) {
    this.request = request;
    this.response = response;
    this.complete = complete;
    this.headersBefore =
        response.getHeaderNames().stream()
            .distinct()
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), name -> List.copyOf(response.getHeaders(name))));
  }

  /** Returns the request to handle. */
  HttpServletRequest request() {
    return new Request();
  }

  /** Returns the response to write to. */
  HttpServletResponse response() {
    return new Response();
  }

  /** Returns whether the service handles the request asynchronously. */
  boolean isAsynchronous() {
    return asynchronous;
  }

  /** Sends the body that was held. */
  void send() throws IOException {
    body.writeTo(response.getOutputStream());
  }

  /**
   * Discards what the service answered: status, headers and body. The headers that the filters set
   * before the service handled the request stay.
   */
  void discard() {
    body.reset();
    response.reset();
    headersBefore.forEach(
        (name, values) -> {
          // Jetty sets some headers of its own again.
          if (!response.containsHeader(name)) {
            values.forEach(value -> response.addHeader(name, value));
          }
        });
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
    public AsyncContext startAsync(ServletRequest wrappedRequest, ServletResponse wrappedResponse) {
      asynchronous = true;
      AsyncContext suspended = request.startAsync();
      return new HeldAsyncContext(
          suspended,
          wrappedRequest,
          wrappedResponse,
          () -> complete.accept(HeldAnswer.this, suspended));
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
      // A flush would commit a response that the filter may still replace.
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
