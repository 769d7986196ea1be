package io.boxoffice.platform.http.server;

import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Configures Jetty's server just before its start, with what Dropwizard's configuration cannot
 * express.
 */
public final class ServerCustomizer implements LifeCycle.Listener {
  private final ClientAddress clientAddress;
  private final Request.Handler errors;
  private final RequestLog metrics;
  private final BodyLimits bodyLimits;
  private final Duration bodyTimeout;

  /**
   * Creates the listener.
   *
   * @param clientAddress finds clients behind trusted proxies
   * @param errors responds to Jetty's own errors
   * @param metrics counts every request
   * @param bodyLimits limits the length of bodies
   * @param bodyTimeout how long a body may take to be received
   */
  public ServerCustomizer(
      ClientAddress clientAddress,
      Request.Handler errors,
      RequestLog metrics,
      BodyLimits bodyLimits,
      Duration bodyTimeout) {
    this.clientAddress = clientAddress;
    this.errors = errors;
    this.metrics = metrics;
    this.bodyLimits = bodyLimits;
    this.bodyTimeout = bodyTimeout;
  }

  @Override
  public void lifeCycleStarting(LifeCycle starting) {
    if (starting instanceof Server server) {
      server.setErrorHandler(errors);
      Handler whole = new WholeBodyHandler(server.getHandler(), bodyLimits, bodyTimeout);
      server.setHandler(new AnswerHandler(whole));
      LastAnswers lastAnswers = LastAnswers.untilShutdown();
      server
          .getContainedBeans(HttpConfiguration.ConnectionFactory.class)
          .forEach(
              factory -> {
                factory.getHttpConfiguration().addCustomizer(clientAddress);
                factory.getHttpConfiguration().addCustomizer(lastAnswers);
              });
      RequestLog access = server.getRequestLog();
      server.setRequestLog(access == null ? metrics : new RequestLog.Collection(access, metrics));
    }
  }
}
