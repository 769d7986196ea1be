package io.boxoffice.simulation.http;

import io.boxoffice.platform.http.server.ReadAheadEndPoint;
import jakarta.servlet.ServletRequest;
import java.nio.channels.ClosedChannelException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/**
 * Detects at once that the client of a delayed request closed its connection, even if the client
 * sent more data before. Jetty does not read from a connection while its request is suspended, and
 * would detect the close only when it writes the response. This class registers with the selector
 * instead, which needs no thread, and reads ahead. It stops before Jetty reads again.
 *
 * <p>The watch ends when a client sends more than {@link ReadAheadEndPoint#MOST_BYTES} ahead. The
 * request then occupies its slot until the end of the delay, and the client still gets its
 * responses. A client that uses TLS on this port is not watched, because its socket shows only
 * ciphertext.
 */
final class ClientWatch implements Callback {
  private final ReadAheadEndPoint connection;
  private final Runnable hungUp;
  private boolean watching;

  private ClientWatch(ReadAheadEndPoint connection, Runnable hungUp) {
    this.connection = connection;
    this.hungUp = hungUp;
  }

  /** Watches the client of a suspended request whose body is already read in full. */
  static ClientWatch on(ServletRequest request, Runnable hungUp) {
    EndPoint endPoint =
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    ClientWatch watch =
        new ClientWatch(endPoint instanceof ReadAheadEndPoint plain ? plain : null, hungUp);
    watch.begin();
    return watch;
  }

  private synchronized void begin() {
    watching = connection != null && connection.tryAwaitNetwork(this);
  }

  /** Stops watching. Call it before the request continues. */
  synchronized void end() {
    if (connection != null) {
      // The server caused this wait, so the response gets the whole idle timeout.
      connection.notIdle();
    }
    if (watching) {
      watching = false;
      connection.getFillInterest().onFail(new ClosedChannelException());
    }
  }

  /** The socket is readable: the end of the stream, a pipelined request, or a false alarm. */
  @Override
  public void succeeded() {
    if (foundEndOfStream()) {
      hungUp.run();
    }
  }

  private synchronized boolean foundEndOfStream() {
    if (!watching) {
      return false;
    }
    watching = false;
    ReadAheadEndPoint.Sight sight = connection.readAhead();
    if (sight == ReadAheadEndPoint.Sight.NO_MORE_YET) {
      begin();
    }
    return sight == ReadAheadEndPoint.Sight.END;
  }

  /** Jetty closed the connection during the delay, or {@link #end} was called. */
  @Override
  public void failed(Throwable cause) {
    boolean wasWatching;
    synchronized (this) {
      wasWatching = watching;
      watching = false;
    }
    if (wasWatching) {
      hungUp.run();
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
