package io.boxoffice.platform.database.embedded;

import com.google.common.hash.Hashing;
import io.boxoffice.platform.StartupException;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks PostgreSQL's programs so that an interrupted start leaves no incomplete copy. The
 * library's own unpacking does not detect files that a kill or a full disk has truncated.
 */
final class PostgresBinaries {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);

  /** The list of all files with their sizes. It is written last. */
  private static final String LIST = "boxoffice.files";

  /** The names of the folders that this class and the library's own unpacking create. */
  private static final Pattern UNPACKED_FOLDER =
      Pattern.compile("(postgresql|PG)-[0-9a-f]{32}(\\.new)?");

  private static final Pattern LINE = Pattern.compile("(\\d{1,18}) (.+)");

  private PostgresBinaries() {}

  /** Returns the folder with bin, lib and share, and unpacks it if it is missing or incomplete. */
  static Path unpacked(Path home) throws IOException {
    byte[] archive = archive();
    Path folder =
        home.resolve(
            "postgresql-" + Hashing.sha256().hashBytes(archive).toString().substring(0, 32));
    if (!isComplete(folder)) {
      Path draft = folder.resolveSibling(folder.getFileName() + ".new");
      Folders.delete(draft);
      Folders.delete(folder);
      LOG.info("Unpacking PostgreSQL into {}", folder);
      unpack(archive, draft);
      Folders.move(draft, folder);
    }
    for (Path other : Folders.entries(home)) {
      if (!other.equals(folder)
          && UNPACKED_FOLDER.matcher(other.getFileName().toString()).matches()) {
        Folders.delete(other);
      }
    }
    return folder;
  }

  private static byte[] archive() throws IOException {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch");
    try (InputStream archive =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
            system.contains("mac") ? "Darwin" : "Linux",
            machine.equals("amd64") ? "x86_64" : machine)) {
      return archive.readAllBytes();
    } catch (IllegalStateException missing) {
      throw new StartupException(
          "This build has no PostgreSQL for %s on %s. Build it on this machine, or set DATABASE_URL."
              .formatted(system, machine),
          missing);
    }
  }

  private static boolean isComplete(Path folder) throws IOException {
    Path list = folder.resolve(LIST);
    if (!Files.isRegularFile(list)) {
      return false;
    }
    // ISO 8859-1 decodes any byte, so a damaged file causes no decoding error.
    List<String> lines = Files.readAllLines(list, StandardCharsets.ISO_8859_1);
    boolean complete = !lines.isEmpty();
    for (String line : lines) {
      Matcher file = LINE.matcher(line);
      complete =
          complete && file.matches() && isComplete(folder.resolve(file.group(2)), file.group(1));
    }
    if (!complete) {
      LOG.warn("{} is damaged", folder);
    }
    return complete;
  }

  private static boolean isComplete(Path file, String size) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == Long.parseLong(size)
        && (Files.isExecutable(file) || !isProgram(file));
  }

  private static void unpack(byte[] archive, Path draft) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, draft.resolve(entry.getName()).normalize());
      }
    }
    StringBuilder list = new StringBuilder();
    try (Stream<Path> files = Files.walk(draft)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        list.append("%d %s%n".formatted(Files.size(file), draft.relativize(file)));
      }
    }
    Folders.write(draft.resolve(LIST), list.toString());
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink() || entry.isLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target);
    if (isProgram(target)) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static boolean isProgram(Path file) {
    return file.getParent().endsWith("bin");
  }
}
