package io.boxoffice.platform.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CommonPoolTest {

  /**
   * Prints the thread of a task without an executor; a process of its own, as the pool is set once.
   */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      if (arguments.length > 0) {
        CommonPool.widen();
      }
      System.out.println(
          CompletableFuture.supplyAsync(() -> Thread.currentThread().getName()).join());
    }
  }

  private static String threadOf(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:ActiveProcessorCount=2",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName());
    builder.command().addAll(List.of(arguments));
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void twoCoresHaveAPool() throws Exception {
    assertThat(threadOf("widen")).contains("commonPool");
  }

  @Test
  void withoutItEachTaskHasAThread() throws Exception {
    assumeThat(Runtime.version().feature()).isLessThan(25);
    assertThat(threadOf()).contains("Thread-").doesNotContain("commonPool");
  }
}
