package io.boxoffice.platform.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;

/**
 * Provides PostgreSQL's programs under a path that a shell does not misread. {@code initdb} puts
 * its own path between double quotes, and follows links to find it.
 */
final class ShellSafe implements AutoCloseable {
  private static final Pattern MISREAD = Pattern.compile("[\"$`\\\\]");

  private final Path binaries;
  private final boolean temporary;

  private ShellSafe(Path binaries, boolean temporary) {
    this.binaries = binaries;
    this.temporary = temporary;
  }

  static boolean isSafe(Path path) {
    return !MISREAD.matcher(path.toString()).find();
  }

  /**
   * Returns the programs in place if their path is safe, or else a view of them in a temporary
   * folder.
   */
  static ShellSafe view(Path binaries) throws IOException {
    if (isSafe(binaries)) {
      return new ShellSafe(binaries, false);
    }
    ShellSafe view = new ShellSafe(Files.createTempDirectory("boxoffice-initdb-"), true);
    try {
      Path bin = Files.createDirectory(view.binaries.resolve("bin"));
      Files.copy(
          binaries.resolve("bin").resolve("initdb"),
          bin.resolve("initdb"),
          StandardCopyOption.COPY_ATTRIBUTES);
      for (Path linked :
          new Path[] {Path.of("bin", "postgres"), Path.of("lib"), Path.of("share")}) {
        Files.createSymbolicLink(view.binaries.resolve(linked), binaries.resolve(linked));
      }
      return view;
    } catch (IOException failure) {
      view.close();
      throw failure;
    }
  }

  Path initdb() {
    return binaries.resolve("bin").resolve("initdb");
  }

  @Override
  public void close() throws IOException {
    if (temporary) {
      Folders.delete(binaries);
    }
  }
}
