package io.boxoffice.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection on which a test says just what it wants, well-formed or not. */
public final class RawConnection implements AutoCloseable {
  private static final int LIMIT_MILLIS = 20_000;

  private final Socket socket;

  private RawConnection(Socket socket) {
    this.socket = socket;
  }

  /** Connects to a port of this machine. */
  public static RawConnection to(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(LIMIT_MILLIS);
    return new RawConnection(socket);
  }

  /** Connects to a port of this machine, with room for next to nothing of what it answers. */
  public static RawConnection deafTo(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
    return new RawConnection(socket);
  }

  /** Sends one request on a connection of its own and reads the reply to its end. */
  public static RawReply exchange(int port, String request) throws IOException {
    try (RawConnection connection = to(port)) {
      connection.send(request);
      return RawReply.parse(connection.readAll());
    }
  }

  /** Sends text, a byte for each character. */
  public void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Sends text, unless the other side has hung up. */
  public void trySend(String text) {
    try {
      send(text);
    } catch (IOException hungUp) {
      // What the test is about.
    }
  }

  /** Whether the other side has answered already. */
  public boolean hasAnswer() throws IOException {
    return socket.getInputStream().available() > 0;
  }

  /** Reads until the other side hangs up. */
  public String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
