package io.boxoffice.platform.database.embedded;

import io.boxoffice.platform.StartupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repairs files beside the data that a crash, a full disk or a copy of the folder can damage and
 * without which PostgreSQL does not start. The content of each of these files can be created again.
 */
final class ClusterFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterFiles.class);
  private static final Set<PosixFilePermission> ACCESS_OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);
  private static final Set<PosixFilePermission> ACCESS_OF_OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final Pattern VERSION = Pattern.compile("\\d{1,4}(\\.\\d{1,4})?");
  private static final String SETTINGS =
      "# The file was missing. Box Office sets what it needs; all else is PostgreSQL's default.\n";
  private static final String ACCESS =
      """
      # The file was missing. From this machine only, and with the password.
      host all all 127.0.0.1/32 scram-sha-256
      host all all ::1/128 scram-sha-256
      """;

  private final Path folder;

  ClusterFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Repairs the files. Call it only when no server runs in the folder.
   *
   * @throws StartupException when the data have another version than the given one
   */
  void mend(String version) throws IOException {
    requireVersion(version);
    removeAccessOfOthers();
    writeWhereEmpty("postgresql.conf", SETTINGS);
    writeWhereEmpty("pg_hba.conf", ACCESS);
    Path lock = folder.resolve("postmaster.pid");
    if (Files.exists(lock, LinkOption.NOFOLLOW_LINKS) && !isOfEndedServer(lock)) {
      LOG.warn("No server is at work in {}: removing {}", folder, lock.getFileName());
      Folders.delete(lock);
    }
    Path options = folder.resolve("postmaster.opts");
    if (Files.exists(options, LinkOption.NOFOLLOW_LINKS) && !isUsable(options)) {
      Folders.delete(options);
    }
  }

  private void requireVersion(String version) throws IOException {
    Path file = folder.resolve("PG_VERSION");
    Optional<String> found = version(file);
    if (found.isEmpty()) {
      // PostgreSQL also compares the version in global/pg_control, so a wrong guess does no harm.
      found = version(folder.resolve("base").resolve("1").resolve("PG_VERSION"));
      if (found.isEmpty()) {
        throw new StartupException(
            "%s is damaged: PG_VERSION is missing or unreadable. Put a backup of the folder in its place, or set DATA_DIR to another folder."
                .formatted(folder));
      }
      LOG.warn("{} is damaged: writing it anew", file);
      Folders.write(file, found.get() + "\n");
    }
    if (!found.get().equals(version)) {
      throw new StartupException(
          "The data in %s are PostgreSQL %s's, and this Box Office brings PostgreSQL %s. Run the Box Office that made them, or set DATA_DIR to another folder."
              .formatted(folder, found.get(), version));
    }
  }

  private static Optional<String> version(Path file) throws IOException {
    return text(file).map(String::strip).filter(text -> VERSION.matcher(text).matches());
  }

  /**
   * Removes the access of others: PostgreSQL does not start on a folder that others may read, and
   * copies and archives often have such permissions.
   */
  private void removeAccessOfOthers() throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
    if (permissions.stream().anyMatch(ACCESS_OF_OTHERS::contains)) {
      LOG.warn("{} was open to others: closing it", folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private void writeWhereEmpty(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file) || (Files.isRegularFile(file) && Files.size(file) == 0)) {
      LOG.warn("{} is missing or empty: writing a plain one", file);
      Folders.write(file, text);
    }
  }

  /**
   * Whether the lock file names a server that has ended. PostgreSQL detects that such a file is
   * stale, and reads from it which shared memory its ending processes may still use. PostgreSQL
   * does not start with any other lock file, nor with one that has the id of a process of another
   * program.
   */
  private static boolean isOfEndedServer(Path lock) throws IOException {
    Optional<String> pid = text(lock).flatMap(text -> text.lines().findFirst()).map(String::strip);
    return isUsable(lock)
        && pid.filter(text -> text.matches("-?\\d{1,9}"))
            .map(text -> Math.abs(Integer.parseInt(text)))
            .filter(id -> id > 0 && ProcessHandle.of(id).isEmpty())
            .isPresent();
  }

  private static boolean isUsable(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.getPosixFilePermissions(file).containsAll(ACCESS_OF_OWNER);
  }

  /** Decodes as ISO 8859-1, which accepts any byte, so a damaged file causes no decoding error. */
  private static Optional<String> text(Path file) throws IOException {
    return Files.isRegularFile(file) && Files.isReadable(file)
        ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1))
        : Optional.empty();
  }
}
