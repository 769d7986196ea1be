package io.boxoffice.platform.database.embedded;

import io.boxoffice.platform.StartupException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Reads and checks DATA_DIR, because some texts name no folder or another folder than expected. */
final class DataPath {
  /**
   * The longest path in bytes. PostgreSQL truncates paths at 1,023 bytes; the rest is for its files
   * in the folder.
   */
  private static final int MOST_BYTES = 800;

  /** The character that replaces what the locale's encoding cannot decode. */
  private static final char UNREADABLE = '\uFFFD';

  private DataPath() {}

  /**
   * The folder, as an absolute path.
   *
   * @throws StartupException when the text names no usable folder
   */
  static Path of(String setting) {
    if (setting.indexOf(UNREADABLE) >= 0) {
      throw unreadable();
    }
    Path path = path(setting);
    if ((setting.equals("~") || setting.startsWith("~/"))
        && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new StartupException(
          "DATA_DIR is %s, and only a shell reads ~ as your home, where it stands outside quotes. Write the whole path."
              .formatted(setting));
    }
    if (!path.isAbsolute() && !Files.isDirectory(Path.of("").toAbsolutePath())) {
      throw unreadable();
    }
    Path absolute = path.toAbsolutePath().normalize();
    if (absolute.toString().chars().anyMatch(Character::isISOControl)) {
      throw new StartupException(
          "DATA_DIR holds a line break or another control character. PostgreSQL takes none; name another folder.");
    }
    requireShort(absolute);
    return absolute;
  }

  /** Rejects a path that is too long for PostgreSQL's own file names. */
  static void requireShort(Path absolute) {
    int bytes = absolute.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new StartupException(
          "The path of DATA_DIR has %d bytes, and PostgreSQL needs it to have %d at most. Set DATA_DIR to a folder with a shorter path."
              .formatted(bytes, MOST_BYTES));
    }
  }

  private static Path path(String setting) {
    try {
      return Path.of(setting);
    } catch (InvalidPathException undecodable) {
      throw unreadable();
    }
  }

  private static StartupException unreadable() {
    return new StartupException(
        "The path of DATA_DIR has letters that the locale's encoding (%s) does not know. Set LC_ALL=C.UTF-8 and start again, or name another folder."
            .formatted(System.getProperty("sun.jnu.encoding")));
  }
}
