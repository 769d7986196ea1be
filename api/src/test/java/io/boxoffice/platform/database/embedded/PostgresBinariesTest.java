package io.boxoffice.platform.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
  private static final String ANOTHER_BUILD = "0123456789abcdef0123456789abcdef";

  @TempDir private Path home;

  @Test
  void aDamagedFolderIsUnpackedAgainAndACompleteOneIsKept() throws IOException {
    Path folder = PostgresBinaries.unpacked(home);
    Path mark = Files.createFile(folder.resolve("mark"));
    assertThat(PostgresBinaries.unpacked(home)).isEqualTo(folder);
    assertThat(mark).exists();

    truncate(folder.resolve("bin").resolve("postgres"));
    PostgresBinaries.unpacked(home);
    assertThat(mark).doesNotExist();

    Files.createFile(mark);
    Files.delete(folder.resolve("lib").resolve("libpq.so.5"));
    PostgresBinaries.unpacked(home);
    assertThat(mark).doesNotExist();

    Files.createFile(mark);
    truncate(folder.resolve("boxoffice.files"));
    PostgresBinaries.unpacked(home);
    assertThat(mark).doesNotExist();
    assertThat(folder.resolve("lib").resolve("libpq.so.5")).exists();
  }

  @Test
  void onlyInterruptedUnpackingsAndOtherBuildsAreRemoved() throws IOException {
    Path folder = PostgresBinaries.unpacked(home);
    Path draft = home.resolve(folder.getFileName() + ".new");
    Files.move(folder, draft);
    Files.createDirectories(home.resolve("PG-" + ANOTHER_BUILD).resolve("bin"));
    Files.createDirectory(home.resolve("postgresql-" + ANOTHER_BUILD));
    Files.createDirectory(home.resolve("mine"));

    assertThat(PostgresBinaries.unpacked(home)).isEqualTo(folder);

    try (Stream<Path> left = Files.list(home)) {
      assertThat(left).containsExactlyInAnyOrder(folder, home.resolve("mine"));
    }
  }

  private static void truncate(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
  }
}
