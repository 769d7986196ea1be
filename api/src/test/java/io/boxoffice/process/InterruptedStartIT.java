package io.boxoffice.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.boxoffice.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills the service at many moments of its first start. The next start must then succeed. */
class InterruptedStartIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long SEED = 20261129;

  /** The number of kills when the set-up has written a random number of its files. */
  private static final int RANDOM_KILLS = 2;

  private static final int FILES_OF_PROGRAMS = 1000;
  private static final int FILES_OF_A_SET_UP = 900;

  @TempDir private Path data;

  /** The processes that a kill ends. */
  enum Kill {
    /** Only the service. The set-up, or the PostgreSQL server, continues without it. */
    SERVICE_ALONE,
    /**
     * The service and its set-up, as when a terminal closes. A running PostgreSQL server has a
     * session of its own and continues.
     */
    WITH_ITS_SET_UP
  }

  @ParameterizedTest
  @EnumSource(Kill.class)
  void nextStartServes(Kill kill) throws Exception {
    Random random = new Random(SEED);
    startAndKillWhen(kill, folder -> Files.exists(folder.resolve("boxoffice.pid")));
    startAndKillWhen(kill, holds("binaries", 1 + random.nextInt(FILES_OF_PROGRAMS)));
    startAndKillWhen(kill, holds("postgresql", 1));
    startAndKillWhen(kill, has("PG_VERSION"));
    startAndKillWhen(kill, has("global/pg_control"));
    startAndKillWhen(kill, has("base/1/PG_VERSION"));
    startAndKillWhen(kill, has("base/5"));
    for (int i = 0; i < RANDOM_KILLS; i++) {
      startAndKillWhen(kill, holds("postgresql", 1 + random.nextInt(FILES_OF_A_SET_UP)));
    }
    startAndKillWhen(kill, folder -> Files.exists(folder.resolve("postgresql")));
    startAndKillWhen(kill, has("postmaster.opts"));

    try (ServiceProcess service = ServiceProcess.server(environment())) {
      assertThat(service.awaitClient().get("/v1/concerts").status()).isEqualTo(200);
    }
    try (Stream<Path> left = Files.list(data)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "binaries",
              "boxoffice.lock",
              "boxoffice.pid",
              "postgresql",
              "postgresql.log",
              "postgresql.password");
    }
  }

  @Test
  void pathThatTheLocaleCannotEncodeIsRejectedInOneLine() throws Exception {
    assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "the locale has no umlauts");
    ServiceProcess service =
        ServiceProcess.server(Map.of("DATA_DIR", data.resolve("Größe").toString(), "LC_ALL", "C"));
    // On macOS, file names are UTF-8 in every locale.
    assumeTrue(service.awaitExit() == 1, "every locale names them here");
    assertThat(service.output()).contains("DATA_DIR", "LC_ALL=C.UTF-8").doesNotContain("\tat ");
  }

  private void startAndKillWhen(Kill kill, Predicate<Path> moment) throws Exception {
    try (ServiceProcess service = ServiceProcess.server(environment())) {
      Eventually.within(LIMIT, () -> moment.test(data) || !service.isAlive());
      assertThat(service.isAlive()).as(service.output()).isTrue();
      List<ProcessHandle> setUp = service.descendants();
      service.kill();
      if (kill == Kill.WITH_ITS_SET_UP) {
        setUp.stream()
            .filter(process -> !isServer(process))
            .forEach(ProcessHandle::destroyForcibly);
      }
    }
  }

  private static boolean isServer(ProcessHandle process) {
    return Stream.of(process.info().arguments().orElse(new String[0])).anyMatch("-D"::equals);
  }

  private Map<String, String> environment() {
    return Map.of("DATA_DIR", data.toString());
  }

  private static Predicate<Path> has(String file) {
    return folder -> folders(folder, "postgresql").anyMatch(f -> Files.exists(f.resolve(file)));
  }

  private static Predicate<Path> holds(String prefix, int files) {
    return folder -> folders(folder, prefix).mapToLong(InterruptedStartIT::count).sum() >= files;
  }

  private static Stream<Path> folders(Path folder, String prefix) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .filter(Files::isDirectory)
          .toList()
          .stream();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static long count(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.count();
    } catch (IOException | UncheckedIOException removedMeanwhile) {
      return 0;
    }
  }
}
