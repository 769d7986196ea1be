package io.boxoffice.partners.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * A file of JSON lines that grows, and that a shorter one can replace. What {@link #append} has
 * written is on disk when it returns. A line that a crash cut off has no end of line, and its
 * request had no answer, so the next start removes it.
 */
final class JournalFile<E> implements AutoCloseable {
  private static final String NAME = "ledger.jsonl";
  private static final String NEW_NAME = NAME + ".new";
  private static final String LOCK_NAME = "ledger.lock";
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int ENTRIES_AT_ONCE = 1_000;

  private final JournalPlace place;
  private final ObjectReader reader;
  private final ObjectWriter writer;
  private final FileChannel lock;
  private FileChannel file;
  private long lines;

  private JournalFile(
      JournalPlace place, ObjectMapper json, Class<E> type, FileChannel lock, FileChannel file) {
    this.place = place;
    this.reader = json.readerFor(type);
    this.writer = json.writerFor(type);
    this.lock = lock;
    this.file = file;
  }

  /**
   * Opens the file, and creates it if necessary.
   *
   * @param type the type of all entries
   * @param entries receives every whole line in order
   * @throws StartupException when the folder cannot be used, or a line before the last is damaged
   */
  static <E> JournalFile<E> open(
      JournalPlace place, ObjectMapper json, Class<E> type, Consumer<E> entries) {
    Path directory = place.directory();
    try {
      Files.createDirectories(directory);
      FileChannel lock = openOrCreate(directory.resolve(LOCK_NAME));
      lock(lock, place);
      // A crash before the replacement was complete leaves a file that nothing refers to.
      Files.deleteIfExists(directory.resolve(NEW_NAME));
      JournalFile<E> journal =
          new JournalFile<>(place, json, type, lock, openOrCreate(directory.resolve(NAME)));
      journal.file.truncate(journal.replay(entries));
      journal.file.position(journal.file.size());
      journal.file.force(true);
      journal.forceFolder();
      return journal;
    } catch (IOException cause) {
      throw new StartupException(
          "%s is '%s', where the ledger cannot be written (%s). Name a folder that this process may write to."
              .formatted(place.setting(), directory, cause),
          cause);
    }
  }

  private static FileChannel openOrCreate(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static void lock(FileChannel file, JournalPlace place) throws IOException {
    FileLock lock;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      lock = null;
    }
    if (lock == null) {
      throw new StartupException(
          "%s is '%s', which another %s partner uses. Stop that one, or name another folder."
              .formatted(place.setting(), place.directory(), place.role()));
    }
  }

  /** A file that is new is in its folder only after this. */
  private void forceFolder() throws IOException {
    try (FileChannel folder = FileChannel.open(place.directory(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /** Reads all lines and returns the length of the file without a line that was cut off. */
  private long replay(Consumer<E> entries) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long whole = 0;
    // The stream stays open: to close it would close the channel.
    @SuppressWarnings("resource")
    InputStream bytes = new BufferedInputStream(Channels.newInputStream(file), BUFFER_BYTES);
    for (int next = bytes.read(); next >= 0; next = bytes.read()) {
      if (next != '\n') {
        line.write(next);
        continue;
      }
      lines++;
      whole += line.size() + 1;
      entries.accept(parse(line.toByteArray()));
      line.reset();
    }
    return whole;
  }

  private E parse(byte[] line) throws IOException {
    try {
      return reader.readValue(line);
    } catch (JsonProcessingException damaged) {
      throw new StartupException(
          "Line %d of %s is no entry of a ledger. Restore the file from a copy, or set %s to an empty folder."
              .formatted(lines, place.directory().resolve(NAME), place.setting()),
          damaged);
    }
  }

  /** Returns how many entries the file has. */
  long lines() {
    return lines;
  }

  /** Writes entries and waits until they are on disk: one wait for all of them. */
  void append(List<E> entries) throws IOException {
    write(file, entries);
    file.force(false);
    lines += entries.size();
  }

  /** Replaces all entries. A crash leaves either the old file or the new one, each complete. */
  void replace(List<E> entries) throws IOException {
    Path path = place.directory().resolve(NEW_NAME);
    FileChannel shorter =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      for (int from = 0; from < entries.size(); from += ENTRIES_AT_ONCE) {
        write(shorter, entries.subList(from, Math.min(from + ENTRIES_AT_ONCE, entries.size())));
      }
      shorter.force(true);
      Files.move(path, place.directory().resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
      forceFolder();
    } catch (IOException failure) {
      shorter.close();
      throw failure;
    }
    file.close();
    file = shorter;
    lines = entries.size();
  }

  private void write(FileChannel target, List<E> entries) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (E entry : entries) {
      text.write(writer.writeValueAsBytes(entry));
      text.write('\n');
    }
    ByteBuffer bytes = ByteBuffer.wrap(text.toByteArray());
    while (bytes.hasRemaining()) {
      target.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
    lock.close();
  }
}
