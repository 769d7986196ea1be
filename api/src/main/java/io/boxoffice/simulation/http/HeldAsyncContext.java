package io.boxoffice.simulation.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/**
 * Runs a callback instead of completing an asynchronous response, so that the response can be held.
 * All other calls go to the real context.
 */
final class HeldAsyncContext implements AsyncContext {
  private final AsyncContext real;
  private final ServletRequest request;
  private final ServletResponse response;
  private final Runnable complete;

  HeldAsyncContext(
      AsyncContext real, ServletRequest request, ServletResponse response, Runnable complete) {
    this.real = real;
    this.request = request;
    this.response = response;
    this.complete = complete;
  }

  @Override
  public void complete() {
    complete.run();
  }

  @Override
  public ServletRequest getRequest() {
    return request;
  }

  @Override
  public ServletResponse getResponse() {
    return response;
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return false;
  }

  @Override
  public void dispatch() {
    real.dispatch();
  }

  @Override
  public void dispatch(String path) {
    real.dispatch(path);
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    real.dispatch(context, path);
  }

  @Override
  public void start(Runnable work) {
    real.start(work);
  }

  @Override
  public void addListener(AsyncListener listener) {
    real.addListener(listener);
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest wrappedRequest, ServletResponse wrappedResponse) {
    real.addListener(listener, wrappedRequest, wrappedResponse);
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
    return real.createListener(type);
  }

  @Override
  public void setTimeout(long milliseconds) {
    real.setTimeout(milliseconds);
  }

  @Override
  public long getTimeout() {
    return real.getTimeout();
  }
}
