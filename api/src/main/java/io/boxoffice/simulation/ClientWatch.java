package io.boxoffice.simulation;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final AtomicBoolean watching = new AtomicBoolean();

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

  private void begin() {
    if (connection != null) {
      watching.set(true);
      if (!connection.tryFillInterested(this)) {
        watching.set(false);
      }
    }
  }

  /** Stops watching; to be called before the request goes on. */
  void end() {
    if (watching.compareAndSet(true, false)) {
      connection.getFillInterest().onFail(new ClosedChannelException());
    }
  }

  /** Something can be read: the end of the stream, or a request sent ahead, which stays unread. */
  @Override
  public void succeeded() {
    if (watching.compareAndSet(true, false) && isAtEnd()) {
      hungUp.run();
    }
  }

  /** The connection was closed under the request, or {@link #end} was called. */
  @Override
  public void failed(Throwable cause) {
    if (watching.compareAndSet(true, false)) {
      hungUp.run();
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  /** Readable without a byte to read is the end (see read(2) and FIONREAD of ioctl(2)). */
  private boolean isAtEnd() {
    try {
      return connection.getChannel().socket().getInputStream().available() == 0;
    } catch (IOException reset) {
      return true;
    }
  }
}
