package io.boxoffice.lab.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.lab.host.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovableClockTest {
  @TempDir private Path folder;

  @Test
  void onlyTheServerHasTheClock() throws IOException {
    Path installed = Files.createDirectory(folder.resolve("bin"));
    Files.createFile(installed.resolve("postgres"));
    Files.createFile(installed.resolve("pg_rewind"));

    Path programs = MovableClock.programs(node(), installed);

    assertThat(Files.readSymbolicLink(programs.resolve("pg_rewind")))
        .isEqualTo(installed.resolve("pg_rewind"));
    assertThat(programs.resolve("postgres")).isExecutable();
    assertThat(Files.readString(programs.resolve("postgres")))
        .startsWith("#!/bin/sh\nexec env LD_PRELOAD=")
        .contains("FAKETIME_TIMESTAMP_FILE=" + folder.resolve("clock"))
        .endsWith(installed.resolve("postgres") + " \"$@\"\n");
    assertThat(folder.resolve("clock")).hasContent("+0");
  }

  @Test
  void aFaultMovesItInSeconds() {
    MovableClock.set(node(), Duration.ofHours(1));

    assertThat(folder.resolve("clock")).hasContent("+3600");
  }

  private Node node() {
    return new Node("db1", 11, folder);
  }
}
