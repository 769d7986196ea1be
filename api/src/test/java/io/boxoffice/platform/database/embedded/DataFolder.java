package io.boxoffice.platform.database.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** Provides a copy of a DATA_DIR with three sold tickets, for a test to damage. */
record DataFolder(Path root) {
  private static final int SOLD = 3;

  /** Creates a folder, sells three tickets in it and stops its server. */
  static DataFolder sold(Path root) throws IOException {
    DataFolder folder = new DataFolder(root);
    EmbeddedServer server = folder.start();
    jdbi(server)
        .useHandle(
            handle -> {
              handle.execute("CREATE TABLE sales AS SELECT generate_series(1, ?) AS ticket", SOLD);
              handle.execute("CHECKPOINT");
            });
    server.stop();
    return folder;
  }

  /** Copies the folder; the programs are shared. */
  DataFolder copy(Path target) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(file -> !file.startsWith(root.resolve("binaries"))).toList()) {
        Files.copy(file, target.resolve(root.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Files.createSymbolicLink(target.resolve("binaries"), root.resolve("binaries").toRealPath());
    return new DataFolder(target);
  }

  /**
   * Copies the programs to a place that has no DATA_DIR yet, which is faster than to unpack them.
   */
  void copyProgramsTo(Path place) throws IOException {
    Path programs = root.resolve("binaries");
    Path target = place.resolve("binaries");
    Files.createDirectories(place);
    try (Stream<Path> files = Files.walk(programs)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            target.resolve(programs.relativize(file)),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  EmbeddedServer start() {
    return EmbeddedServer.start(new EmbeddedSettings(root.toString(), 0));
  }

  static boolean hasAllSales(EmbeddedServer server) {
    return jdbi(server)
            .withHandle(
                handle -> handle.createQuery("SELECT count(*) FROM sales").mapTo(int.class).one())
        == SOLD;
  }

  static Jdbi jdbi(EmbeddedServer server) {
    return Jdbi.create(server.jdbcUrl(), server.user(), server.password());
  }

  Path path(String name) {
    return root.resolve(name);
  }

  void write(String name, String text) {
    remove(name);
    io(() -> Files.writeString(path(name), text, StandardCharsets.ISO_8859_1));
  }

  void remove(String name) {
    io(
        () -> {
          Folders.delete(path(name));
          return null;
        });
  }

  void makeFolder(String name) {
    remove(name);
    io(() -> Files.createDirectory(path(name)));
  }

  void permit(String name, String permissions) {
    io(
        () ->
            Files.setPosixFilePermissions(
                path(name), PosixFilePermissions.fromString(permissions)));
  }

  void link(String name, String target) {
    remove(name);
    io(() -> Files.createSymbolicLink(path(name), path(target)));
  }

  void move(String from, String to) {
    io(() -> Files.move(path(from), path(to)));
  }

  /** File work whose exceptions become unchecked, so that the tables of cases stay short. */
  private interface FileWork {
    Object run() throws IOException;
  }

  private static void io(FileWork work) {
    try {
      work.run();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
