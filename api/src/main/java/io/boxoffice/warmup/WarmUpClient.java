package io.boxoffice.warmup;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive connection of a rehearsal. It knows as much of HTTP/1.1 as the service's own
 * answers need, so that the compiler's time goes to the server and not to a client.
 */
final class WarmUpClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final String LENGTH = "content-length:";

  private final Socket socket = new Socket();
  private final WarmUpConnections connections;
  private final InputStream answers;

  /** Connects to the server, which knows the connection before it sees it. */
  WarmUpClient(InetSocketAddress server, WarmUpConnections connections) throws IOException {
    this.connections = connections;
    socket.bind(new InetSocketAddress(server.getAddress(), 0));
    connections.add(socket.getLocalSocketAddress());
    socket.connect(server, TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    answers = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends a whole request and reads the whole answer; gives its status. */
  int call(String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    long length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Long.parseLong(header.substring(LENGTH.length()).strip());
      }
    }
    answers.skipNBytes(length);
    return status;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = answers.read(); next != '\n'; next = answers.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    connections.remove(socket.getLocalSocketAddress());
    socket.close();
  }
}
