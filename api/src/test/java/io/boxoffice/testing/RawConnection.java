package io.boxoffice.testing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Connects to the service without an HTTP client, so that a test can send malformed requests. */
public final class RawConnection implements AutoCloseable {
  private static final int LIMIT_MILLIS = 20_000;
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

  private final Socket socket;
  private final InputStream answers;

  private RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.answers = new BufferedInputStream(socket.getInputStream());
  }

  /** Connects to a port of this machine. */
  public static RawConnection to(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(LIMIT_MILLIS);
    // Each piece that a test sends must leave in a packet of its own.
    socket.setTcpNoDelay(true);
    return new RawConnection(socket);
  }

  /** Connects to a port of this machine with the smallest possible receive buffer. */
  public static RawConnection deafTo(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
    return new RawConnection(socket);
  }

  /** Sends one request on a new connection and reads the response to the end of the stream. */
  public static RawReply exchange(int port, String request) throws IOException {
    try (RawConnection connection = to(port)) {
      connection.send(request);
      return RawReply.parse(connection.readAll());
    }
  }

  /** Sends text, one byte for each character. */
  public void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Sends text and ignores a connection that the service has closed. */
  public void trySend(String text) {
    try {
      send(text);
    } catch (IOException hungUp) {
      // The test expects that the service may close the connection.
    }
  }

  /** Returns whether the service has sent data that is not read yet. */
  public boolean hasAnswer() throws IOException {
    return answers.available() > 0;
  }

  /** Reads until the service closes the connection. */
  public String readAll() throws IOException {
    return new String(answers.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** Reads one response, as long as its Content-Length header says. */
  public String readAnswer() throws IOException {
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n", Math.max(0, answer.length() - 4)) < 0) {
      int next = answers.read();
      if (next < 0) {
        throw new EOFException("the other side hung up after: " + answer);
      }
      answer.append((char) next);
    }
    Matcher length = LENGTH.matcher(answer);
    if (!length.find()) {
      throw new IOException("an answer without a length: " + answer);
    }
    byte[] body = answers.readNBytes(Integer.parseInt(length.group(1)));
    return answer + new String(body, StandardCharsets.ISO_8859_1);
  }

  /** Closes the sending half of the connection. */
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Resets the connection and discards unsent data. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
