package io.boxoffice.simulation;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.Callback;

/**
 * Notices at once when the client of a waiting request hangs up. Jetty reads nothing from a
 * connection whose request is suspended, and would notice only on writing the answer; so this asks
 * the selector, which costs no thread, and lets go before Jetty reads again.
 */
final class ClientWatch implements Callback {
  private final SocketChannelEndPoint connection;
  private final Runnable hungUp;
  private boolean watching;

  private ClientWatch(SocketChannelEndPoint connection, Runnable hungUp) {
    this.connection = connection;
    this.hungUp = hungUp;
  }

  /** Watches the client of a suspended request whose body nobody is reading. */
  static ClientWatch on(ServletRequest request, Runnable hungUp) {
    EndPoint endPoint =
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    // Behind TLS the plain socket says nothing; such a client is noticed when it is answered.
    ClientWatch watch =
        new ClientWatch(endPoint instanceof SocketChannelEndPoint socket ? socket : null, hungUp);
    watch.begin();
    return watch;
  }

  private synchronized void begin() {
    watching = connection != null && connection.tryFillInterested(this);
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
    Sight sight = look();
    if (sight == Sight.NOTHING) {
      begin();
    }
    return sight == Sight.END;
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

  private enum Sight {
    END,
    NOTHING,
    DATA
  }

  /**
   * A selector also wakes for bytes that were read meanwhile, so only a read tells. It is done when
   * there is no byte that it could take from the next request (FIONREAD of ioctl(2)).
   */
  private Sight look() {
    try {
      if (connection.getChannel().socket().getInputStream().available() > 0) {
        return Sight.DATA;
      }
      int read = connection.getChannel().read(ByteBuffer.allocate(1));
      if (read > 0) {
        // It came between the two calls. RFC 9112, 9.3.2: who sends ahead must be ready to retry.
        connection.close();
      }
      return read == 0 ? Sight.NOTHING : Sight.END;
    } catch (IOException reset) {
      return Sight.END;
    }
  }
}
