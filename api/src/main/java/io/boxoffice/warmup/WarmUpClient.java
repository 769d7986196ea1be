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
 * Sends warm-up requests over one persistent connection. It supports only the part of HTTP/1.1 that
 * the responses of this service use, so that the JVM spends its compiler time on the server and not
 * on a client.
 */
final class WarmUpClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final String LENGTH = "content-length:";

  private final Socket socket = new Socket();
  private final WarmUpConnections connections;
  private final InputStream responses;

  /** Connects to the server, and registers the local address before the server accepts it. */
  WarmUpClient(InetSocketAddress server, WarmUpConnections connections) throws IOException {
    this.connections = connections;
    socket.bind(new InetSocketAddress(server.getAddress(), 0));
    connections.add(socket.getLocalSocketAddress());
    socket.connect(server, TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    responses = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends a whole request, reads the whole response and returns its status. */
  int call(String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    int status = Integer.parseInt(readLine().split(" ", 3)[1]);
    long length = 0;
    for (String header = readLine(); !header.isEmpty(); header = readLine()) {
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Long.parseLong(header.substring(LENGTH.length()).strip());
      }
    }
    responses.skipNBytes(length);
    return status;
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = responses.read(); next != '\n'; next = responses.read()) {
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
