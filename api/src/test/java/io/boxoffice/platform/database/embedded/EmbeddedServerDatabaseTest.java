package io.boxoffice.platform.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.boxoffice.platform.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that the embedded server starts, or reports the reason, with damaged files, with an
 * incomplete set-up and in unusual folders.
 */
class EmbeddedServerDatabaseTest {
  private static final String LOCK = "postgresql/postmaster.pid";
  private static final String THIS_PROCESS = Long.toString(ProcessHandle.current().pid());

  @TempDir private static Path shared;
  private static DataFolder sold;
  private static DataFolder unsold;

  private Path temporary;

  @BeforeAll
  static void makeFolders() throws IOException {
    sold = DataFolder.sold(shared.resolve("sold"));
    unsold = sold.copy(shared.resolve("unsold"));
    unsold.remove("postgresql");
    unsold.start().stop();
  }

  @BeforeEach
  void makeFolder() throws IOException {
    temporary = Files.createTempDirectory(shared.toRealPath(), "case-");
  }

  @AfterEach
  void removeFolder() throws IOException {
    Folders.delete(temporary);
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        damage("an empty postmaster.pid", data -> data.write(LOCK, "")),
        damage("an empty line", data -> data.write(LOCK, "\n\n")),
        damage("garbage", data -> data.write(LOCK, "garbage\n")),
        damage("zeros", data -> data.write(LOCK, "\0".repeat(4096))),
        damage("letters of no encoding", data -> data.write(LOCK, "\u00ff\u00fe")),
        damage("a negative id", data -> data.write(LOCK, "-17\n")),
        damage("the id 0", data -> data.write(LOCK, "0\n")),
        damage("a huge id", data -> data.write(LOCK, "99999999999999999999\n")),
        damage("an id without an end", data -> data.write(LOCK, "999999")),
        damage("the id of the first process", data -> data.write(LOCK, "1\n/\n1\n5432\n")),
        damage("the id of this process", data -> data.write(LOCK, THIS_PROCESS + "\n")),
        damage("a folder", data -> data.makeFolder(LOCK)),
        damage("a dangling link", data -> data.link(LOCK, "missing")),
        damage("a file that may not be read", data -> writeUnreadable(data, LOCK)),
        damage(
            "postmaster.opts as a folder", data -> data.makeFolder("postgresql/postmaster.opts")),
        damage("no postmaster.opts", data -> data.remove("postgresql/postmaster.opts")),
        damage("no PG_VERSION", data -> data.remove("postgresql/PG_VERSION")),
        damage("an empty PG_VERSION", data -> data.write("postgresql/PG_VERSION", "")),
        damage("no postgresql.conf", data -> data.remove("postgresql/postgresql.conf")),
        damage("an empty postgresql.conf", data -> data.write("postgresql/postgresql.conf", "")),
        damage("no pg_hba.conf", data -> data.remove("postgresql/pg_hba.conf")),
        damage("an empty pg_hba.conf", data -> data.write("postgresql/pg_hba.conf", "")),
        damage("no password", data -> data.remove("postgresql.password")),
        damage("an empty password", data -> data.write("postgresql.password", "")),
        damage("half a password", data -> data.write("postgresql.password", "0123abc")),
        damage("a boxoffice.pid that is a folder", data -> data.makeFolder("boxoffice.pid")),
        damage("a folder open to others", data -> data.permit("postgresql", "rwxr-xr-x")),
        damage("a folder of an earlier version", data -> data.remove("postgresql/boxoffice.whole")),
        damage(
            "a set-up that was left", data -> data.makeFolder("postgresql.new-0123456789abcdef")),
        damage(
            "data behind a link",
            data -> {
              data.move("postgresql", "elsewhere");
              data.link("postgresql", "elsewhere");
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void theSalesSurvive(String name, Consumer<DataFolder> damage) throws IOException {
    DataFolder data = sold.copy(temporary.resolve("data"));
    damage.accept(data);
    EmbeddedServer server = data.start();
    try {
      assertThat(DataFolder.hasAllSales(server)).isTrue();
    } finally {
      server.stop();
    }
    assertThat(data.path("postgresql.new-0123456789abcdef")).doesNotExist();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        rejection("PostgreSQL 15's", data -> data.write("postgresql/PG_VERSION", "15\n")),
        rejection("pg_control", data -> data.remove("postgresql/global/pg_control")),
        rejection("pg_control", data -> data.write("postgresql/global/pg_control", "")),
        rejection("pg_notify", data -> data.remove("postgresql/pg_notify")),
        rejection(
            "postgresql.conf\" contains errors. Mend that file",
            data -> data.write("postgresql/postgresql.conf", "= =\n")),
        rejection(
            "pg_hba.conf. Mend that file", data -> data.write("postgresql/pg_hba.conf", "what\n")),
        rejection(
            "postgresql is a file",
            data -> {
              data.move("postgresql", "elsewhere");
              data.write("postgresql", "");
            }),
        rejection(
            "which is not there",
            data -> {
              data.move("postgresql", "elsewhere");
              data.link("postgresql", "missing");
            }),
        rejection(
            "mine.txt",
            data -> {
              data.makeFolder("postgresql");
              data.write("postgresql/mine.txt", "mine");
            }),
        rejection(
            "does not exist. If the folder is damaged",
            data -> {
              data.remove("postgresql/boxoffice.whole");
              data.remove("postgresql/base");
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void theErrorIsOneLine(String words, Consumer<DataFolder> damage) throws IOException {
    DataFolder data = sold.copy(temporary.resolve("data"));
    damage.accept(data);
    assertRejected(data, words);
    assertRejected(data, words);
  }

  static Stream<Arguments> halves() {
    return Stream.of(
        incomplete("nothing in it", data -> data.makeFolder("postgresql")),
        incomplete("no PG_VERSION", data -> data.remove("postgresql/PG_VERSION")),
        incomplete("no pg_control", data -> data.remove("postgresql/global/pg_control")),
        incomplete(
            "an empty postgresql.conf", data -> data.write("postgresql/postgresql.conf", "")),
        incomplete("no database to connect to", data -> data.remove("postgresql/base/5")),
        incomplete("a lock of a set-up", data -> data.write(LOCK, "-999999\n")),
        incomplete("an attempt to start it", data -> data.write("postgresql/epg-lock", "")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("halves")
  void anIncompleteSetUpOfAnEarlierVersionIsRepeated(String name, Consumer<DataFolder> damage)
      throws IOException {
    DataFolder data = unsold.copy(temporary.resolve("data"));
    data.remove("postgresql/boxoffice.whole");
    damage.accept(data);
    EmbeddedServer server = data.start();
    server.stop();
    assertThat(data.path("postgresql/boxoffice.whole")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage\n", "1\n"})
  void aRunningServerIsStoppedEvenIfItsLockFileIsDamaged(String content) throws IOException {
    DataFolder data = sold.copy(temporary.resolve("data"));
    PostgresPrograms programs =
        new PostgresPrograms(PostgresBinaries.unpacked(data.path("binaries")), data.path("log"));
    programs.start(
        data.path("postgresql").toRealPath(),
        List.of("-p", Integer.toString(freePort()), "-c", "unix_socket_directories="));
    ProcessHandle orphan = orphanOf(data).orElseThrow();
    data.write(LOCK, content);

    EmbeddedServer server = data.start();
    try {
      // A process without a command has ended, even if its parent has not collected the exit code
      // yet.
      assertThat(orphan.info().command()).isEmpty();
      assertThat(DataFolder.hasAllSales(server)).isTrue();
    } finally {
      server.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a blank",
        "it's \"quoted\"",
        "$HOME `id` $(id) \\ back",
        "100% #1; & * ?",
        "-D",
        "Größe 東京",
        "long"
      })
  void aServerRunsInAnyFolder(String name) throws IOException {
    assumeTrue(
        "UTF-8".equals(System.getProperty("sun.jnu.encoding"))
            || name.chars().allMatch(c -> c < 128),
        "the names of files are ASCII here");
    Path place =
        name.equals("long")
            ? temporary.resolve("0123456789/".repeat((800 - temporary.toString().length()) / 11))
            : temporary.resolve(name);
    if (!name.equals("long") && name.chars().allMatch(c -> c < 128)) {
      // The others unpack the programs there.
      sold.copyProgramsTo(place);
    }
    DataFolder.sold(place);
    EmbeddedServer server = new DataFolder(place).start();
    try {
      assertThat(DataFolder.hasAllSales(server)).isTrue();
    } finally {
      server.stop();
    }
  }

  @Test
  void theErrorNamesAPortThatIsInUse() throws IOException {
    DataFolder data = sold.copy(temporary.resolve("data"));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EmbeddedSettings settings =
          new EmbeddedSettings(data.root().toString(), taken.getLocalPort());
      assertThatThrownBy(() -> EmbeddedServer.start(settings).stop())
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("Port %d (EMBEDDED_PORT)", taken.getLocalPort());
    }
    data.start().stop();
  }

  private static Optional<ProcessHandle> orphanOf(DataFolder data) throws IOException {
    String pid = Files.readAllLines(data.path(LOCK)).get(0).strip();
    return ProcessHandle.of(Long.parseLong(pid));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static void assertRejected(DataFolder data, String words) {
    assertThatThrownBy(() -> data.start().stop())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(words)
        .message()
        .satisfies(message -> assertThat(message.lines()).hasSize(1));
  }

  private static void writeUnreadable(DataFolder data, String name) {
    data.write(name, "999999\n");
    data.permit(name, "---------");
  }

  private static Arguments damage(String name, Consumer<DataFolder> damage) {
    return arguments(name, damage);
  }

  private static Arguments rejection(String words, Consumer<DataFolder> damage) {
    return arguments(words, damage);
  }

  private static Arguments incomplete(String name, Consumer<DataFolder> damage) {
    return arguments(name, damage);
  }
}
