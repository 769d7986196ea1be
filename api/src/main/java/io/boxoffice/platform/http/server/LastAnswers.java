package io.boxoffice.platform.http.server;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.ShutdownThread;

/**
 * Sends {@code Connection: close} in each response after SIGTERM, so that the client opens a new
 * connection. A load balancer that forwards connections without reading them sends the new
 * connection to another replica. Without this, the client would use this replica until the end.
 */
final class LastAnswers extends AbstractLifeCycle implements HttpConfiguration.Customizer {

  /**
   * Starts to listen for SIGTERM, before the code that waits for SHUTDOWN_DELAY and stops the
   * server.
   */
  static LastAnswers untilShutdown() {
    LastAnswers answers = new LastAnswers();
    try {
      answers.start();
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
    ShutdownThread.register(0, answers);
    return answers;
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    if (!isRunning()) {
      responseHeaders.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    return request;
  }
}
