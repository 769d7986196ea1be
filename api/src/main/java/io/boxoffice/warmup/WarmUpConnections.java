package io.boxoffice.warmup;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.metrics.HttpMetrics;
import io.prometheus.client.CollectorRegistry;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;

/**
 * Knows the connections that this process makes to itself, by the address of their other end, which
 * nobody else can have meanwhile. Marks what comes through them, and keeps it out of the request
 * log and the metrics.
 */
final class WarmUpConnections implements HttpConfiguration.Customizer {
  private final Set<SocketAddress> callers = ConcurrentHashMap.newKeySet();

  void add(SocketAddress caller) {
    callers.add(caller);
  }

  void remove(SocketAddress caller) {
    callers.remove(caller);
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    if (callers.contains(request.getConnectionMetaData().getRemoteSocketAddress())) {
      request.setAttribute(WarmUp.ATTRIBUTE, true);
    }
    return request;
  }

  /** What is marked goes to metrics that nobody reads, so that their code is rehearsed too. */
  static RequestLog keptOutOf(RequestLog shipped) {
    RequestLog unread = new HttpMetrics(new MetricRegistry(), new CollectorRegistry());
    return (request, response) ->
        (request.getAttribute(WarmUp.ATTRIBUTE) == null ? shipped : unread).log(request, response);
  }
}
