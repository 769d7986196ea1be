package io.boxoffice.lab.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.boxoffice.lab.host.Command;
import io.boxoffice.lab.host.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProxyTest {
  private static final List<Node> TWO =
      List.of(new Node("shop1", 21, Path.of("/x")), new Node("shop2", 22, Path.of("/x")));
  private static final List<Node> THREE =
      List.of(TWO.get(0), TWO.get(1), new Node("shop3", 23, Path.of("/x")));

  @TempDir private Path folder;

  @Test
  void theProxyChecksEachReplicaAndRepeatsOnlyWhatNoneHasReceived() throws IOException {
    assertThat(shipped(ProxyProgram.HAPROXY, TWO).lines().map(String::strip))
        .contains(
            "server shop1 10.77.0.21:8080 check",
            "server shop2 10.77.0.22:8080 check",
            "option httpchk GET /health?type=ready",
            "retry-on conn-failure")
        .noneMatch(line -> line.contains("shop3"));
  }

  @Test
  void theProxyOfComposeDoesTheSame() throws IOException {
    List<String> compose =
        Files.readAllLines(Path.of("compose/active-passive/haproxy.cfg")).stream()
            .map(line -> line.replaceAll(" resolvers compose.*", ""))
            .toList();

    assertThat(compose)
        .containsSubsequence(
            shipped(ProxyProgram.HAPROXY, TWO)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("10[.]77[.]0[.]2([12])", "shop$1"))
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void theLabRunsTheShippedFileItself(ProxyProgram program) throws IOException {
    assertThat(shipped(program, THREE)).isEqualTo(template(program));
    assertThat(template(program)).doesNotContain(Proxy.SERVED_BY);
  }

  @ParameterizedTest
  @CsvSource({
    "HAPROXY, ROUND_ROBIN, '  balance roundrobin'",
    "HAPROXY, LEAST_CONNECTIONS, '  balance leastconn'",
    "HAPROXY, SOURCE_HASH, '  balance source'",
    "HAPROXY, SOURCE_HASH, '  hash-type consistent'",
    "NGINX, LEAST_CONNECTIONS, '    least_conn;'",
    "NGINX, SOURCE_HASH, '    hash $remote_addr consistent;'"
  })
  void aComparedFileHasItsAlgorithm(ProxyProgram program, Algorithm algorithm, String line)
      throws IOException {
    assertThat(compared(program, algorithm).lines())
        .contains(line)
        .anyMatch(one -> one.contains(Proxy.SERVED_BY));
  }

  @Test
  void nginxTakesRepeatedTurnsWithoutALine() throws IOException {
    assertThat(compared(ProxyProgram.NGINX, Algorithm.ROUND_ROBIN))
        .doesNotContain("least_conn;", "    hash ");
  }

  @ParameterizedTest
  @EnumSource
  void haproxyAcceptsItsFiles(Algorithm algorithm) throws IOException {
    assumeTrue(isInstalled("haproxy"), "HAProxy is not installed");
    accepts(ProxyProgram.HAPROXY, shipped(ProxyProgram.HAPROXY, THREE), "-c");
    accepts(ProxyProgram.HAPROXY, compared(ProxyProgram.HAPROXY, algorithm), "-c");
  }

  @ParameterizedTest
  @EnumSource
  void nginxAcceptsItsFiles(Algorithm algorithm) throws IOException {
    assumeTrue(isInstalled("nginx"), "nginx is not installed");
    accepts(ProxyProgram.NGINX, shipped(ProxyProgram.NGINX, THREE), "-t");
    accepts(ProxyProgram.NGINX, compared(ProxyProgram.NGINX, algorithm), "-t");
  }

  private void accepts(ProxyProgram program, String configuration, String check)
      throws IOException {
    Files.writeString(folder.resolve(program.file()), configuration);
    List<String> command = new java.util.ArrayList<>(program.command(folder));
    command.add(check);
    Command.Result result = Command.run(Duration.ofSeconds(10), command);
    assertThat(result.code()).as(result.output()).isZero();
  }

  private static boolean isInstalled(String program) {
    return List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin").stream()
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static String template(ProxyProgram program) throws IOException {
    return Files.readString(Path.of("proxies").resolve(program.file()));
  }

  private static String shipped(ProxyProgram program, List<Node> replicas) throws IOException {
    return program.configuration(template(program), replicas);
  }

  private static String compared(ProxyProgram program, Algorithm algorithm) throws IOException {
    return program.compared(shipped(program, THREE), algorithm);
  }
}
