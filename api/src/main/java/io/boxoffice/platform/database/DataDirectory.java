package io.boxoffice.platform.database;

import io.boxoffice.platform.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * The folder of an embedded PostgreSQL, held by one process at a time. The operating system lets go
 * of the lock when its holder dies, however it dies.
 */
final class DataDirectory implements AutoCloseable {
  private static final FileAttribute<?> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path root;
  private final FileChannel lockFile;

  private DataDirectory(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /**
   * Takes the folder, making it if need be.
   *
   * @throws StartupException when another process holds it, or it cannot be made
   */
  static DataDirectory take(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      if (!Files.exists(root)) {
        Files.createDirectories(root, OWNER_ONLY_FOLDER);
      }
      FileChannel lockFile =
          FileChannel.open(
              root.resolve("boxoffice.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(lockFile);
      if (lock == null) {
        lockFile.close();
        throw new StartupException(
            "Box Office is already running in %s (process %s). Stop it, or set DATA_DIR to another folder."
                .formatted(root, Files.readString(root.resolve("boxoffice.pid")).strip()));
      }
      Files.writeString(root.resolve("boxoffice.pid"), ProcessHandle.current().pid() + "\n");
      return new DataDirectory(root, lockFile);
    } catch (IOException cause) {
      throw new StartupException(
          "The folder %s (DATA_DIR) cannot be used: %s".formatted(root, cause), cause);
    }
  }

  private static FileLock tryLock(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  Path postgresql() {
    return root.resolve("postgresql");
  }

  Path binaries() {
    return root.resolve("binaries");
  }

  Path log() {
    return root.resolve("postgresql.log");
  }

  Path passwordFile() {
    return root.resolve("postgresql.password");
  }

  /** The superuser's password, made at first use and readable by the owner only. */
  String password() {
    Path file = passwordFile();
    try {
      if (!Files.exists(file)) {
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        try (FileChannel channel =
            FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                OWNER_ONLY_FILE)) {
          channel.write(
              ByteBuffer.wrap(
                  HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII)));
        }
      }
      return Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
