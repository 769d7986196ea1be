package io.boxoffice.lab.host;

import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lets one lab run at a time. The system releases it when the process ends, however it ends. */
public final class Lock implements AutoCloseable {
  private final FileChannel channel;

  private Lock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes it.
   *
   * @param file exists as long as the system runs
   * @throws BenchException with the id of the process that has it
   */
  public static Lock take(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw new BenchException(
            "Another lab runs: process %s. Stop it first."
                .formatted(Files.readString(file).strip()));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
      return new Lock(channel);
    } catch (IOException cause) {
      throw new BenchException("Cannot lock %s: %s".formatted(file, cause.getMessage()), cause);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
