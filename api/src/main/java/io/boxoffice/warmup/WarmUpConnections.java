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
 * Marks warm-up requests, so that they stay out of the request log and the metrics. It recognises
 * the connections that this process opens to itself by their remote address; no other connection
 * can have the same address at that time.
 */
final class WarmUpConnections implements HttpConfiguration.Customizer {
  private final Set<SocketAddress> addresses = ConcurrentHashMap.newKeySet();

  void add(SocketAddress address) {
    addresses.add(address);
  }

  void remove(SocketAddress address) {
    addresses.remove(address);
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    if (addresses.contains(request.getConnectionMetaData().getRemoteSocketAddress())) {
      request.setAttribute(WarmUp.ATTRIBUTE, true);
    }
    return request;
  }

  /** Sends marked requests to metrics that are not exported, so that their code warms up too. */
  static RequestLog keptOutOf(RequestLog requestLog) {
    RequestLog notExported = new HttpMetrics(new MetricRegistry(), new CollectorRegistry());
    return (request, response) ->
        (request.getAttribute(WarmUp.ATTRIBUTE) == null ? requestLog : notExported)
            .log(request, response);
  }
}
