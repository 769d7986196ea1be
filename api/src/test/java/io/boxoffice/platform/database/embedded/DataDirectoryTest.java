package io.boxoffice.platform.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.platform.StartupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataDirectoryTest {
  @TempDir private Path temporary;
  private Path home;

  @BeforeEach
  void withoutLinks() throws IOException {
    home = temporary.toRealPath();
  }

  @ParameterizedTest
  @CsvSource({
    "~, Write the whole path",
    "~/boxoffice, Write the whole path",
    "a\uFFFDb, LC_ALL=C.UTF-8",
    "'a\nb', control character"
  })
  void aTextThatNamesNoFolderIsRejected(String setting, String remedy) {
    assertRejected(setting, "DATA_DIR", remedy);
  }

  @Test
  void aPathThatPostgresqlWouldTruncateIsRejected() {
    assertRejected(home.resolve("x/".repeat(500)).toString(), "DATA_DIR", "shorter path");
    assertRejected(home.resolve("x".repeat(300)).toString(), "DATA_DIR", "File name too long");
  }

  @Test
  void aPathThatIsNoFolderIsRejected() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "mine");
    Path link = Files.createSymbolicLink(home.resolve("link"), home.resolve("missing"));
    assertRejected(file.toString(), file.toString(), "is a file");
    assertRejected(file.resolve("below").toString(), file.toString(), "another folder");
    assertRejected(link.toString(), link.toString(), home.resolve("missing").toString());
    assertThat(file).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql.log", "postgresql.password", "boxoffice.lock"})
  void theErrorNamesAFolderInThePlaceOfAFile(String name) throws IOException {
    Files.createDirectory(home.resolve(name));
    assertRejected(home.toString(), home.resolve(name).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "link/../", "link/", "made/on/the/way"})
  void everySpellingOfAFolderHasTheSameRealPath(String name) throws IOException {
    Path real = Files.createDirectory(home.resolve("data"));
    Files.createSymbolicLink(real.resolve("link"), real);
    Path expected = name.startsWith("made") ? real.resolve(name) : real;
    try (DataDirectory directory = DataDirectory.take(real + "/" + name)) {
      assertThat(directory.root()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"4711, ' (process 4711)'", "'', ''", "garbage\u0000, ''"})
  void theErrorNamesTheProcessThatUsesTheFolderIfItsFileIsReadable(String pid, String named)
      throws IOException {
    try (DataDirectory held = DataDirectory.take(home.toString())) {
      Files.writeString(held.root().resolve("boxoffice.pid"), pid);
      assertRejected(home.toString(), "already running in %s%s. ".formatted(home, named));
      Files.delete(held.root().resolve("boxoffice.pid"));
      assertRejected(home.toString(), "already running in %s. ".formatted(home));
    }
  }

  @Test
  void aRejectedStartReleasesTheFolder() throws IOException {
    Path folder = Files.createDirectory(home.resolve("postgresql.password"));
    assertRejected(home.toString(), folder.toString());
    Files.delete(folder);
    DataDirectory.take(home.toString()).close();
  }

  @Test
  void aPasswordIsKeptUnlessItIsUnreadable() throws IOException {
    try (DataDirectory directory = DataDirectory.take(home.toString())) {
      String first = directory.password();
      assertThat(directory.password()).isEqualTo(first).hasSize(48);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passwordFile())))
          .isEqualTo("rw-------");
      for (byte[] damaged : new byte[][] {{}, {' ', '\n'}, {0, 0, 0}, {(byte) 0xff, 'a'}}) {
        Files.write(passwordFile(), damaged);
        assertThat(directory.password()).hasSize(48).isNotEqualTo(first);
      }
      Files.write(passwordFile(), "chosen by hand\n".getBytes(StandardCharsets.UTF_8));
      assertThat(directory.password()).isEqualTo("chosen by hand");
    }
  }

  private Path passwordFile() {
    return home.resolve("postgresql.password");
  }

  private static void assertRejected(String setting, String... words) {
    assertThatThrownBy(() -> DataDirectory.take(setting).close())
        .isInstanceOf(StartupException.class)
        .hasMessageContainingAll(words)
        .message()
        .doesNotContain("Exception")
        .satisfies(message -> assertThat(message.lines()).hasSize(1));
  }
}
