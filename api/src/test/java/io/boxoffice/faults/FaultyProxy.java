package io.boxoffice.faults;

import io.boxoffice.faults.Passage.Channel;
import io.boxoffice.faults.Protocol.Frame;
import io.boxoffice.testing.Eventually;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Forwards connections message by message, and does to each message what the gate says. It can also
 * be dead: then it has no connections and refuses new ones.
 */
final class FaultyProxy implements AutoCloseable {
  private static final int CONNECT_MILLIS = 2_000;

  private static final Duration TO_LISTEN = Duration.ofSeconds(10);

  /** How long the copy of a request may take. */
  private static final int COPY_MILLIS = 5_000;

  private final Channel channel;
  private final InetSocketAddress target;
  private final Gate gate;
  private final Supplier<Protocol> protocols;
  private final Duration delay;
  private final int port;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket listening;

  /**
   * Starts a proxy.
   *
   * @param protocols splits a new connection
   * @param delay how long a delayed message is kept
   */
  FaultyProxy(
      Channel channel,
      InetSocketAddress target,
      Gate gate,
      Supplier<Protocol> protocols,
      Duration delay) {
    this.channel = channel;
    this.target = target;
    this.gate = gate;
    this.protocols = protocols;
    this.delay = delay;
    this.port = listen(0).orElseThrow();
  }

  /** The port of the proxy. */
  int port() {
    return port;
  }

  /** Ends all connections, and refuses new ones. */
  void die() {
    close(listening);
    links.forEach(Link::cut);
  }

  /** Accepts connections again, at the same port. */
  void revive() {
    // A connection of this machine may use the port for a moment.
    Eventually.within(TO_LISTEN, () -> listen(port).isPresent());
  }

  private Optional<Integer> listen(int wanted) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 200);
      listening = socket;
      start("accept", () -> accept(socket));
      return Optional.of(socket.getLocalPort());
    } catch (IOException portIsUsed) {
      return Optional.empty();
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        start("link", () -> serve(client, socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void start(String role, Runnable work) {
    Thread thread = new Thread(work, "proxy-%s-%s".formatted(channel, role));
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket client, ServerSocket acceptedBy) {
    Socket server = new Socket();
    Link link = new Link(client, server);
    try {
      server.connect(target, CONNECT_MILLIS);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException unreachable) {
      link.close();
      return;
    }
    links.add(link);
    if (acceptedBy.isClosed()) {
      link.cut();
    }
    Protocol protocol = protocols.get();
    start("requests", () -> link.pump(protocol::nextRequest, true));
    link.pump(protocol::nextAnswer, false);
    link.close();
    links.remove(link);
  }

  private interface Reader {
    Frame next(InputStream in) throws IOException;
  }

  /** Holds both ends of one connection. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean cut;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void pump(Reader reader, boolean request) {
      Socket from = request ? client : server;
      Socket to = request ? server : client;
      try {
        InputStream in = new BufferedInputStream(from.getInputStream());
        for (Frame frame = reader.next(in); frame != null; frame = reader.next(in)) {
          if (!cut) {
            forward(frame, request, to);
          }
        }
        to.shutdownOutput();
      } catch (IOException ended) {
        // The other direction ends too. After a cut, the server may still read what it got.
        if (!cut) {
          close();
        }
      }
    }

    private void forward(Frame frame, boolean request, Socket to) throws IOException {
      Gate.Action action =
          frame.counted()
              ? gate.pass(new Passage(channel, request, frame.label()))
              : Gate.Action.PASS;
      switch (action) {
        case CUT_BEFORE -> cut();
        case CUT_AFTER -> {
          to.getOutputStream().write(frame.bytes());
          cut();
        }
        case DELAY -> {
          LockSupport.parkNanos(delay.toNanos());
          to.getOutputStream().write(frame.bytes());
        }
        case DUPLICATE -> {
          sendCopy(frame);
          to.getOutputStream().write(frame.bytes());
        }
        case PASS -> to.getOutputStream().write(frame.bytes());
      }
    }

    /**
     * Ends the connection as the kernel does for a killed process: the other side gets what was
     * sent, and then the end. What it still sends is dropped.
     */
    void cut() {
      cut = true;
      FaultyProxy.close(client);
      try {
        server.shutdownOutput();
      } catch (IOException alreadyClosed) {
        // Nothing is left to end.
      }
    }

    void close() {
      FaultyProxy.close(client);
      FaultyProxy.close(server);
    }
  }

  /** Sends a request once more on a connection of its own, and drops the answer. */
  private void sendCopy(Frame frame) {
    start(
        "copy",
        () -> {
          try (Socket copy = new Socket()) {
            copy.connect(target, CONNECT_MILLIS);
            copy.setSoTimeout(COPY_MILLIS);
            copy.getOutputStream().write(frame.bytes());
            var unused = HttpProtocol.read(copy.getInputStream(), true);
          } catch (IOException lost) {
            // A copy that is lost is no fault.
          }
        });
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception alreadyClosed) {
      // Nothing is left to close.
    }
  }

  @Override
  public void close() {
    die();
    links.forEach(Link::close);
  }
}
