package io.boxoffice.platform.database.embedded;

import io.boxoffice.platform.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Locks the folder of an embedded PostgreSQL, so that only one process uses it at a time. The
 * operating system releases the lock when the process ends, even after a crash.
 */
final class DataDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  private static final FileAttribute<?> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Pattern PROCESS_ID = Pattern.compile("\\d{1,10}");
  private static final Pattern PASSWORD = Pattern.compile("[^\\p{Cntrl}\uFFFD]+");

  private final Path root;
  private final FileChannel lockFile;

  private DataDirectory(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /**
   * Locks the folder, and creates it if it is missing.
   *
   * @param setting the text of DATA_DIR
   * @throws StartupException when another process uses the folder, or it cannot be created
   */
  static DataDirectory take(String setting) {
    Path path = DataPath.of(setting);
    try {
      Path root = createIfMissing(path);
      FileChannel lockFile =
          FileChannel.open(
              root.resolve("boxoffice.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (tryLock(lockFile) == null) {
          throw new StartupException(
              "Box Office is already running in %s%s. Stop it, or set DATA_DIR to another folder."
                  .formatted(path, processInUse(root.resolve("boxoffice.pid"))));
        }
        Path pidFile = root.resolve("boxoffice.pid");
        if (Files.isDirectory(pidFile)) {
          Folders.delete(pidFile);
        }
        Folders.write(pidFile, ProcessHandle.current().pid() + "\n");
        DataDirectory directory = new DataDirectory(root, lockFile);
        requireNoFolder(directory.log());
        requireNoFolder(directory.passwordFile());
        return directory;
      } catch (IOException | RuntimeException failure) {
        lockFile.close();
        throw failure;
      }
    } catch (IOException | UnsupportedOperationException cause) {
      String reason = Reason.of(cause);
      throw new StartupException(
          "The folder %s (DATA_DIR) cannot be used: %s. %s"
              .formatted(
                  path,
                  reason,
                  Reason.advice(reason, "Put that right, or set DATA_DIR to another folder.")),
          cause);
    }
  }

  /**
   * Returns the real path, without links, so that every start uses the same path for the folder.
   */
  private static Path createIfMissing(Path path) throws IOException {
    if (Files.isSymbolicLink(path) && !Files.exists(path)) {
      throw new StartupException(
          "%s (DATA_DIR) is a link to %s, which is not there. Make that folder, or set DATA_DIR to another one."
              .formatted(path, Files.readSymbolicLink(path)));
    }
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new StartupException(
          "%s (DATA_DIR) is a file and no folder. Move it away, or set DATA_DIR to another place."
              .formatted(path));
    }
    if (!Files.exists(path)) {
      Files.createDirectories(path, OWNER_ONLY_FOLDER);
    }
    Path root = path.toRealPath();
    DataPath.requireShort(root);
    return root;
  }

  private static void requireNoFolder(Path file) {
    if (Files.isDirectory(file)) {
      throw new StartupException(
          "%s is a folder and no file. Move it away and start again.".formatted(file));
    }
  }

  private static FileLock tryLock(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static String processInUse(Path pidFile) {
    try {
      String pid = Files.readString(pidFile).strip();
      return PROCESS_ID.matcher(pid).matches() ? " (process %s)".formatted(pid) : "";
    } catch (IOException unreadable) {
      return "";
    }
  }

  Path root() {
    return root;
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

  /**
   * The superuser's password, which only the owner can read. Creates a new one if the file is
   * missing or unreadable.
   */
  String password() throws IOException {
    Path file = passwordFile();
    if (Files.exists(file)) {
      String stored = readable(file);
      if (PASSWORD.matcher(stored).matches()) {
        return stored;
      }
      LOG.warn("{} is damaged and gets a new password", file);
    }
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    String password = HexFormat.of().formatHex(secret);
    Folders.write(file, password);
    return password;
  }

  private static String readable(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (CharacterCodingException damaged) {
      return "";
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
