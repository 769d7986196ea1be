package io.boxoffice.platform.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.ShutdownThread;

/**
 * Once the process is told to end, ends each connection with its next answer, so that the client
 * comes back by a new one. A load balancer that passes connections, and does not look into them,
 * sends that to another replica; on the old connection the client would call here to the last.
 */
final class LastAnswers extends AbstractLifeCycle implements HttpConfiguration.Customizer {

  /** Begins to listen for SIGTERM, ahead of what waits for SHUTDOWN_DELAY and stops the server. */
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
