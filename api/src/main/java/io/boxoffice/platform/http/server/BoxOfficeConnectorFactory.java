package io.boxoffice.platform.http.server;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ArrayUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.util.thread.ThreadPool;

/**
 * Creates the connector {@code boxoffice}. It is Dropwizard's {@code http} connector, with the same
 * settings, but its connections are {@link ReadAheadEndPoint}s and parse HTTP with {@link
 * StrictChunks}. Dropwizard has no other place to choose either.
 */
@JsonTypeName("boxoffice")
public final class BoxOfficeConnectorFactory extends HttpConnectorFactory {
  @Override
  protected HttpConnectionFactory buildHttpConnectionFactory(HttpConfiguration configuration) {
    HttpConnectionFactory plain = super.buildHttpConnectionFactory(configuration);
    HttpConnectionFactory strict = new StrictChunks(plain.getHttpConfiguration());
    strict.setInputBufferSize(plain.getInputBufferSize());
    return strict;
  }

  @Override
  protected ServerConnector buildConnector(
      Server server,
      Scheduler scheduler,
      ByteBufferPool bufferPool,
      String name,
      ThreadPool threadPool,
      ConnectionFactory... factories) {
    ServerConnector connector =
        new ReadAheadConnector(
            server,
            threadPool,
            scheduler,
            bufferPool,
            getAcceptorThreads().orElse(-1),
            getSelectorThreads().orElse(-1),
            isUseProxyProtocol()
                ? ArrayUtil.prependToArray(
                    new ProxyConnectionFactory(), factories, ConnectionFactory.class)
                : factories);
    connector.setPort(getPort());
    connector.setHost(getBindHost());
    connector.setInheritChannel(isInheritChannel());
    if (getAcceptQueueSize() != null) {
      connector.setAcceptQueueSize(getAcceptQueueSize());
    }
    connector.setReuseAddress(isReuseAddress());
    connector.setIdleTimeout(getIdleTimeout().toMilliseconds());
    connector.setName(name);
    return connector;
  }

  private static final class ReadAheadConnector extends ServerConnector {
    ReadAheadConnector(
        Server server,
        Executor executor,
        Scheduler scheduler,
        ByteBufferPool bufferPool,
        int acceptors,
        int selectors,
        ConnectionFactory... factories) {
      super(server, executor, scheduler, bufferPool, acceptors, selectors, factories);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(
        SocketChannel channel, ManagedSelector selector, SelectionKey key) {
      SocketChannelEndPoint endPoint =
          new ReadAheadEndPoint(channel, selector, key, getScheduler(), getExecutor());
      endPoint.setIdleTimeout(getIdleTimeout());
      return endPoint;
    }
  }
}
