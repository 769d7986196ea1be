package io.boxoffice.simulation;

import io.boxoffice.platform.http.ReadAheadEndPoint;
import jakarta.servlet.ServletRequest;
import java.nio.channels.ClosedChannelException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/**
 * Notices at once when the client of a waiting request hangs up, whatever it sent before. Jetty
 * reads nothing from a connection whose request is suspended, and would notice only on writing the
 * answer; so this asks the selector, which costs no thread, reads ahead, and lets go before Jetty
 * reads again.
 *
 * <p>A client that sends more than {@link ReadAheadEndPoint#MOST_BYTES} ahead is not watched any
 * longer: its place is taken to the end of the delay, and its requests are answered as ever. Nor is
 * one behind TLS on this very port watched, since its socket shows only ciphertext.
 */
final class ClientWatch implements Callback {
  private final ReadAheadEndPoint connection;
  private final Runnable hungUp;
  private boolean watching;

  private ClientWatch(ReadAheadEndPoint connection, Runnable hungUp) {
    this.connection = connection;
    this.hungUp = hungUp;
  }

  /** Watches the client of a suspended request that was read whole. */
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

  /** Stops watching; to be called before the request goes on. */
  synchronized void end() {
    if (connection != null) {
      // The wait was ours and not the client's: its answer gets the whole idle timeout.
      connection.notIdle();
    }
    if (watching) {
      watching = false;
      connection.getFillInterest().onFail(new ClosedChannelException());
    }
  }

  /** Something can be read: the end of the stream, a request sent ahead, or nothing after all. */
  @Override
  public void succeeded() {
    if (sawTheEnd()) {
      hungUp.run();
    }
  }

  private synchronized boolean sawTheEnd() {
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

  /** The connection was closed under the request, or {@link #end} was called. */
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
