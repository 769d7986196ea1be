package io.boxoffice.platform.database.embedded;

import io.boxoffice.platform.StartupException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and repairs the folder in which PostgreSQL keeps its data. A new folder is created under
 * a temporary name and renamed once it is complete, so an interrupted first start leaves no
 * incomplete folder under the final name.
 */
final class Cluster {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  /** A file in every folder that was complete when it got its name. */
  private static final String COMPLETE_MARK = "boxoffice.whole";

  /** The entries that an interrupted set-up may leave, or a server that never became ready. */
  private static final Pattern MADE_BY_SETUP =
      Pattern.compile("PG_VERSION|base|global|pg_.*|postgresql\\..*|postmaster\\..*|epg-lock");

  /**
   * The lowest file number of a table that is not PostgreSQL's own. PostgreSQL's own tables have
   * lower numbers.
   */
  private static final int FIRST_USER_TABLE = 16384;

  private static final Pattern TABLE_FILE = Pattern.compile("(\\d{1,10})(?:[._].*)?");

  private final Path folder;
  private final Pattern drafts;

  private Cluster(Path folder) {
    this.folder = folder;
    this.drafts =
        Pattern.compile(Pattern.quote(folder.getFileName().toString()) + "\\.new-[0-9a-f]{16}");
  }

  /**
   * Returns the cluster of that name. The name may be a link, and the folder need not exist yet.
   */
  static Cluster at(Path name) throws IOException {
    if (Files.isSymbolicLink(name) && !Files.exists(name)) {
      throw new StartupException(
          "%s is a link to %s, which is not there. Make that folder, or remove the link to begin anew."
              .formatted(name, Files.readSymbolicLink(name)));
    }
    if (Files.exists(name) && !Files.isDirectory(name)) {
      throw new StartupException(
          "%s is a file and no folder. Move it away and start again.".formatted(name));
    }
    return new Cluster(Files.exists(name) ? name.toRealPath() : name);
  }

  Path folder() {
    return folder;
  }

  /** Whether the path is this folder or one of its temporary folders. */
  boolean owns(Path path) {
    return path.equals(folder) || isDraft(path);
  }

  /** Creates the folder if it is missing or cannot hold sales; else repairs its files. */
  void prepare(PostgresPrograms programs, Path passwordFile) throws IOException {
    for (Path sibling : Folders.entries(folder.getParent())) {
      if (isDraft(sibling)) {
        Folders.delete(sibling);
      }
    }
    if (!Folders.entries(folder).isEmpty() && !mayHoldSales()) {
      LOG.warn("{} was never finished and holds no sales: making it anew", folder);
      Path renamed = draft();
      Folders.move(folder, renamed);
      Folders.delete(renamed);
    }
    if (Folders.entries(folder).isEmpty()) {
      create(programs, passwordFile);
    } else {
      new ClusterFiles(folder).mend(programs.version());
    }
  }

  private void create(PostgresPrograms programs, Path passwordFile) throws IOException {
    Path draft = draft();
    try {
      programs.initdb(draft, passwordFile);
      Folders.write(
          draft.resolve(COMPLETE_MARK),
          "Made by Box Office, which removes no folder with this file.\n");
      Folders.move(draft, folder);
    } catch (IOException | RuntimeException failure) {
      removeQuietly(draft);
      throw failure;
    }
  }

  /**
   * Tables that are not PostgreSQL's own show that the service ran here. A folder that an
   * interrupted set-up left incomplete has no such tables, even after attempts to start a server in
   * it.
   */
  private boolean mayHoldSales() throws IOException {
    if (Files.exists(folder.resolve(COMPLETE_MARK))
        || hasLostTables()
        || holdsTables(folder.resolve("base"))
        || !Folders.entries(folder.resolve("pg_tblspc")).isEmpty()) {
      return true;
    }
    for (Path entry : Folders.entries(folder)) {
      if (!MADE_BY_SETUP.matcher(entry.getFileName().toString()).matches()) {
        throw new StartupException(
            "%s holds %s, which is not PostgreSQL's. Move what is yours away, or set DATA_DIR to another folder."
                .formatted(folder, entry.getFileName()));
      }
    }
    return false;
  }

  /** Whether the folders for tables are lost: a set-up creates them before PG_VERSION. */
  private boolean hasLostTables() {
    return Files.exists(folder.resolve("PG_VERSION"))
        && !Files.isDirectory(folder.resolve("base").resolve("1"));
  }

  private static boolean holdsTables(Path base) throws IOException {
    if (!Files.isDirectory(base)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(base, 2, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .map(file -> TABLE_FILE.matcher(file.getFileName().toString()))
          .anyMatch(name -> name.matches() && Long.parseLong(name.group(1)) >= FIRST_USER_TABLE);
    }
  }

  private Path draft() {
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    return folder.resolveSibling(
        "%s.new-%s".formatted(folder.getFileName(), HexFormat.of().formatHex(random)));
  }

  private boolean isDraft(Path path) {
    return folder.getParent().equals(path.getParent())
        && drafts.matcher(path.getFileName().toString()).matches();
  }

  private static void removeQuietly(Path draft) {
    try {
      Folders.delete(draft);
    } catch (IOException later) {
      LOG.debug("The next start removes {}", draft, later);
    }
  }
}
