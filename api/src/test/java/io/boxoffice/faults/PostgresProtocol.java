package io.boxoffice.faults;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Splits a connection to PostgreSQL into messages: one byte for the type, four for the length, then
 * the content. Only the first message of the client has no type. Messages count when the server is
 * ready for queries, so the set-up of a session does not count.
 */
final class PostgresProtocol implements Protocol {
  private static final int LENGTH_BYTES = 4;
  private static final int LABEL = 60;

  private static final Map<Character, String> REQUESTS =
      Map.of(
          'P',
          "Parse",
          'B',
          "Bind",
          'D',
          "Describe",
          'E',
          "Execute",
          'S',
          "Sync",
          'Q',
          "Query",
          'C',
          "Close",
          'X',
          "Terminate");

  private static final Map<Character, String> ANSWERS =
      Map.of(
          '1', "ParseComplete",
          '2', "BindComplete",
          'T', "RowDescription",
          'D', "DataRow",
          'C', "CommandComplete",
          'Z', "ReadyForQuery",
          'E', "ErrorResponse",
          'n', "NoData",
          't', "ParameterDescription");

  private boolean started;
  private volatile boolean ready;

  @Override
  public Frame nextRequest(InputStream in) throws IOException {
    if (!started) {
      started = true;
      return message(in, false, Map.of());
    }
    return message(in, true, REQUESTS);
  }

  @Override
  public Frame nextAnswer(InputStream in) throws IOException {
    Frame frame = message(in, true, ANSWERS);
    if (frame != null && frame.bytes()[0] == 'Z' && !ready) {
      ready = true;
      return new Frame(frame.content(), frame.label(), false);
    }
    return frame;
  }

  private Frame message(InputStream in, boolean typed, Map<Character, String> names)
      throws IOException {
    int type = typed ? in.read() : 0;
    if (type < 0) {
      return null;
    }
    DataInputStream data = new DataInputStream(in);
    try {
      int length = data.readInt();
      ByteBuffer bytes = ByteBuffer.allocate(length + (typed ? 1 : 0));
      if (typed) {
        bytes.put((byte) type);
      }
      byte[] content = new byte[length - LENGTH_BYTES];
      data.readFully(content);
      bytes.putInt(length).put(content);
      boolean counted = ready && type != 'X';
      return new Frame(bytes, label((char) type, content, names), counted);
    } catch (EOFException end) {
      return null;
    }
  }

  /** Names the message; of a Parse and a CommandComplete also the text. */
  private static String label(char type, byte[] content, Map<Character, String> names) {
    String name = names.getOrDefault(type, Character.toString(type));
    if (!name.equals("Parse") && !name.equals("CommandComplete") && !name.equals("Query")) {
      return name;
    }
    String text =
        new String(content, StandardCharsets.UTF_8).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return name + " " + text.substring(0, Math.min(LABEL, text.length()));
  }
}
