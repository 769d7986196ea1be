package io.boxoffice.process.broken;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Connects to the tested server. Each wait has a time limit. */
final class Line implements AutoCloseable {
  private static final int LIMIT_MILLIS = 15_000;

  private final Socket socket;
  private final AnswerReader answers;
  private final BufferedInputStream in;

  Line(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    answers = new AnswerReader(in);
  }

  /**
   * Sends bytes. The server may have responded and closed the connection before it reads them all.
   */
  void send(String wire) {
    try {
      socket.getOutputStream().write(Latin.bytes(wire));
    } catch (IOException hungUp) {
      // The next read reports the state of the connection.
    }
  }

  /** Reads one response. Returns null when the connection has ended. */
  Answer read(boolean head) throws IOException {
    try {
      return answers.read(head);
    } catch (SocketTimeoutException late) {
      throw new UnsoundAnswerException("no answer within %d ms".formatted(LIMIT_MILLIS));
    }
  }

  /** Closes the sending half of the connection. */
  void endSending() {
    try {
      socket.shutdownOutput();
    } catch (IOException hungUp) {
      // The next read reports the state of the connection.
    }
  }

  /** Waits until the server has closed the connection. */
  void awaitEnd() {
    try {
      int next = in.read();
      if (next >= 0) {
        throw new UnsoundAnswerException("bytes behind the last answer");
      }
    } catch (SocketTimeoutException late) {
      throw new UnsoundAnswerException("connection open after %d ms".formatted(LIMIT_MILLIS));
    } catch (IOException reset) {
      // A reset ends the connection too.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
