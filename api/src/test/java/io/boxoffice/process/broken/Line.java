package io.boxoffice.process.broken;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** One connection to the server under trial, on which each wait has a bound. */
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

  /** Sends bytes, as far as the server takes them: its answer may be there already. */
  void send(String wire) {
    try {
      socket.getOutputStream().write(Latin.bytes(wire));
    } catch (IOException hungUp) {
      // Reading tells what became of the connection.
    }
  }

  /** Reads one answer, or null where the connection ended. */
  Answer read(boolean head) throws IOException {
    try {
      return answers.read(head);
    } catch (SocketTimeoutException late) {
      throw new UnsoundAnswerException("no answer within %d ms".formatted(LIMIT_MILLIS));
    }
  }

  /** Says that nothing more will be sent. */
  void endSending() {
    try {
      socket.shutdownOutput();
    } catch (IOException hungUp) {
      // Reading tells what became of the connection.
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
      // That is an end as well.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
