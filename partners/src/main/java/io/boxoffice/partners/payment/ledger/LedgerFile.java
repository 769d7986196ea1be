package io.boxoffice.partners.payment.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.StartupException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * A file of JSON lines that only grows. What {@link #append} has written is on disk when it
 * returns. A line that a crash cut off has no end of line, and its request had no answer, so the
 * next start removes it.
 */
final class LedgerFile implements AutoCloseable {
  private static final String NAME = "ledger.jsonl";
  private static final int BUFFER_BYTES = 64 * 1024;

  private final FileChannel file;
  private final ObjectMapper json;

  private LedgerFile(FileChannel file, ObjectMapper json) {
    this.file = file;
    this.json = json;
  }

  /**
   * Opens the file, and creates it if necessary.
   *
   * @param entries receives every whole line in order
   * @throws StartupException when the folder cannot be used, or a line before the last is damaged
   */
  static LedgerFile open(Path directory, ObjectMapper json, Consumer<LedgerEntry> entries) {
    Path path = directory.resolve(NAME);
    try {
      Files.createDirectories(directory);
      FileChannel file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      lock(file, directory);
      LedgerFile ledger = new LedgerFile(file, json);
      file.truncate(ledger.replay(path, entries));
      file.position(file.size());
      file.force(true);
      try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
        // A file that is new is in its folder only after this.
        folder.force(true);
      }
      return ledger;
    } catch (IOException cause) {
      throw new StartupException(
          "PAYMENT_DATA_DIR is '%s', where the ledger cannot be written (%s). Name a folder that this process may write to."
              .formatted(directory, cause),
          cause);
    }
  }

  private static void lock(FileChannel file, Path directory) throws IOException {
    FileLock lock;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      lock = null;
    }
    if (lock == null) {
      throw new StartupException(
          "PAYMENT_DATA_DIR is '%s', which another payment partner uses. Stop that one, or name another folder."
              .formatted(directory));
    }
  }

  /** Reads all lines and returns the length of the file without a line that was cut off. */
  private long replay(Path path, Consumer<LedgerEntry> entries) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long whole = 0;
    long number = 0;
    // The stream stays open: to close it would close the channel and its lock.
    @SuppressWarnings("resource")
    InputStream bytes = new BufferedInputStream(Channels.newInputStream(file), BUFFER_BYTES);
    for (int next = bytes.read(); next >= 0; next = bytes.read()) {
      if (next != '\n') {
        line.write(next);
        continue;
      }
      number++;
      whole += line.size() + 1;
      entries.accept(parse(line.toByteArray(), path, number));
      line.reset();
    }
    return whole;
  }

  private LedgerEntry parse(byte[] line, Path path, long number) throws IOException {
    try {
      return json.readValue(line, LedgerEntry.class);
    } catch (JsonProcessingException damaged) {
      throw new StartupException(
          "Line %d of %s is no entry of a ledger. Restore the file from a copy, or set PAYMENT_DATA_DIR to an empty folder."
              .formatted(number, path),
          damaged);
    }
  }

  /** Writes lines and waits until they are on disk: one wait for all of them. */
  void append(List<LedgerEntry> entries) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (LedgerEntry entry : entries) {
      lines.write(json.writerFor(LedgerEntry.class).writeValueAsBytes(entry));
      lines.write('\n');
    }
    ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    file.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
