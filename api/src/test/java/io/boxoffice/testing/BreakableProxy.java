package io.boxoffice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Passes TCP connections of one client on to a server, until the test ends them for good. To the
 * server that is the same as SIGKILL for the client.
 */
public final class BreakableProxy implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final int target;
  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean broken;

  private BreakableProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Starts a proxy to a port of the loopback. */
  public static BreakableProxy to(int port) {
    try {
      BreakableProxy proxy = new BreakableProxy(port);
      daemon(proxy::accept);
      return proxy;
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** The port of the loopback at which it accepts connections. */
  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!broken) {
      try {
        Socket client = listener.accept();
        sockets.add(client);
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(server);
        daemon(() -> copy(client, server));
        daemon(() -> copy(server, client));
        if (broken) {
          close();
        }
      } catch (IOException closed) {
        sockets.removeIf(Socket::isClosed); // The server is away, or this proxy is closed.
      }
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void copy(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try (from;
        to) {
      InputStream input = from.getInputStream();
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        to.getOutputStream().write(buffer, 0, read);
      }
    } catch (IOException ended) {
      return; // One side closed, and so does the other.
    }
  }

  /** Ends all connections, and accepts none any more. */
  @Override
  public void close() {
    broken = true;
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
