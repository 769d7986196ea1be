package io.boxoffice.stress.bench.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One kept-alive connection, with at most one request on its way. Loopback only. */
final class BuyerConnection implements AutoCloseable {
  private static final int CONNECT_LIMIT_MILLIS = 5_000;

  private final SocketChannel channel;
  private final ByteBuffer out = ByteBuffer.allocateDirect(2048);
  private final ResponseReader reader = new ResponseReader();
  private long intendedAt;

  private BuyerConnection(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects to a port of this machine's loopback. */
  static BuyerConnection open(int port, Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel
        .socket()
        .connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_LIMIT_MILLIS);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    BuyerConnection connection = new BuyerConnection(channel);
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  /** Sends the next request, which should have been sent at the given time. */
  void send(Requests requests, long intended) throws IOException {
    intendedAt = intended;
    requests.next(out);
    while (out.hasRemaining()) {
      // A request fits into an empty send buffer, so this loop ends at once.
      channel.write(out);
    }
  }

  /** Reads the available bytes; true when the response is complete. */
  boolean receive(ByteBuffer shared) throws IOException {
    shared.clear();
    int read = channel.read(shared);
    if (read < 0) {
      throw new IOException("the service closed a connection");
    }
    shared.flip();
    return reader.feed(shared);
  }

  long intendedAt() {
    return intendedAt;
  }

  int status() {
    return reader.status();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
