package io.boxoffice.stress.bench.delay;

import io.boxoffice.stress.bench.http.ResponseReader;
import io.boxoffice.stress.bench.http.ResponseReader.MalformedResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Buys over many connections, each again after its answer. It counts and replaces a connection that
 * breaks, because a service that cannot hold them all is part of the comparison.
 */
final class DelayedBuyers implements AutoCloseable {
  /** Connections are opened in groups, because the listen queue is limited. */
  private static final int OPENED_AT_ONCE = 100;

  private static final long SELECT_MILLIS = 20;
  private static final int CREATED = 201;
  private static final int SIGNIFICANT_DIGITS = 3;

  /** The instants, on the clock of {@link System#nanoTime}, between which answers count. */
  record Interval(long from, long to) {
    private boolean contains(long instant) {
      return instant - from >= 0 && instant - to < 0;
    }
  }

  private final InetSocketAddress address;
  private final List<byte[]> requests;
  private final int count;
  private final Interval counted;
  private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
  private final Histogram latencies = histogram();
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  // One thread for all connections, so that the generator uses little CPU.
  private final Thread thread = new Thread(this::buy, "buyers");
  private int broken;
  private volatile boolean ending;

  /** Buyers of the concerts with the given ids, in turn. */
  DelayedBuyers(int port, List<String> concerts, int count, Interval counted) {
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.requests = concerts.stream().map(DelayedBuyers::request).toList();
    this.count = count;
    this.counted = counted;
    thread.setDaemon(true);
  }

  /** A histogram that is as exact as the report. */
  static Histogram histogram() {
    return new Histogram(SIGNIFICANT_DIGITS);
  }

  void start() {
    thread.start();
  }

  /** Stops buying; afterwards the figures can be read. */
  @Override
  public void close() throws InterruptedException {
    ending = true;
    thread.join();
  }

  /** How long the purchases of the interval took, in nanoseconds. */
  Histogram latencies() {
    return latencies;
  }

  /** How many answers of the interval had each status. */
  Map<Integer, Integer> statuses() {
    return statuses;
  }

  /** How many connections broke, from the start on. */
  int broken() {
    return broken;
  }

  private static byte[] request(String concert) {
    String body = "{\"email\":\"ada@example.com\",\"quantity\":1}";
    return String.join(
            "\r\n",
            "POST /v1/concerts/" + concert + "/purchases HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            "Content-Length: " + body.length(),
            "",
            body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void buy() {
    try (Selector selector = Selector.open()) {
      int opened = 0;
      while (!ending) {
        int most = Math.min(count, opened + OPENED_AT_ONCE);
        for (; opened < most; opened++) {
          connect(selector, requests.get(opened % requests.size()));
        }
        selector.select(SELECT_MILLIS);
        for (SelectionKey key : selector.selectedKeys()) {
          Buyer buyer = (Buyer) key.attachment();
          try {
            buyer.proceed(key);
          } catch (IOException | MalformedResponseException failure) {
            broken++;
            buyer.channel.close();
            connect(selector, buyer.request);
          }
        }
        selector.selectedKeys().clear();
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void connect(Selector selector, byte[] request) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    int interest = channel.connect(address) ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT;
    channel.register(selector, interest, new Buyer(channel, request));
  }

  /** One connection, with at most one request on its way. */
  private final class Buyer {
    private final SocketChannel channel;
    private final byte[] request;
    private final ResponseReader reader = new ResponseReader();
    private ByteBuffer out;
    private long sentAt;

    Buyer(SocketChannel channel, byte[] request) {
      this.channel = channel;
      this.request = request;
      begin();
    }

    void proceed(SelectionKey key) throws IOException {
      if (key.isConnectable()) {
        channel.finishConnect();
        begin();
        key.interestOps(SelectionKey.OP_WRITE);
      } else if (key.isWritable()) {
        write(key);
      } else if (key.isReadable() && receive()) {
        count();
        begin();
        write(key);
      }
    }

    private void begin() {
      out = ByteBuffer.wrap(request);
      sentAt = System.nanoTime();
    }

    private void write(SelectionKey key) throws IOException {
      channel.write(out);
      key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private boolean receive() throws IOException {
      in.clear();
      if (channel.read(in) < 0) {
        throw new IOException("the service closed a connection");
      }
      in.flip();
      return reader.feed(in);
    }

    private void count() {
      long now = System.nanoTime();
      if (counted.contains(now)) {
        statuses.merge(reader.status(), 1, Integer::sum);
        if (reader.status() == CREATED) {
          latencies.recordValue(now - sentAt);
        }
      }
    }
  }
}
