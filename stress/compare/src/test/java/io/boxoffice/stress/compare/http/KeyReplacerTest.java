package io.boxoffice.stress.compare.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.boxoffice.stress.compare.audit.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyReplacerTest {
  private final Queue<String> keys = new ConcurrentLinkedQueue<>();
  private HttpServer partner;

  @BeforeEach
  void start() throws Exception {
    partner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    partner.createContext(
        "/",
        exchange -> {
          try (exchange) {
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            if (!exchange.getRequestURI().getPath().equals("/silent")) {
              byte[] body =
                  "{\"code\": \"%s\"}"
                      .formatted(exchange.getRequestHeaders().getFirst("Authorization"))
                      .getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(
                  exchange.getRequestURI().getPath().equals("/ok") ? 200 : 503, body.length);
              exchange.getResponseBody().write(body);
            }
          }
        });
    partner.start();
  }

  @AfterEach
  void stop() {
    partner.stop(0);
  }

  @Test
  void eachCallHasANewKeyAndTheRestIsTheSame() {
    try (KeyReplacer proxy = KeyReplacer.inFrontOf(partnerUrl())) {
      List<Answer> answers = load(proxy.url(), "/ok");
      assertThat(answers).hasSizeGreaterThan(2).allMatch(Answer::accepted);
    }
    assertThat(keys).doesNotContain("the same").doesNotHaveDuplicates();
  }

  @Test
  void withoutTheProxyTheKeyIsTheSame() {
    load(partnerUrl(), "/ok");
    assertThat(keys).containsOnly("the same");
  }

  @Test
  void errorsAndLostAnswersPass() {
    try (KeyReplacer proxy = KeyReplacer.inFrontOf(partnerUrl())) {
      assertThat(load(proxy.url(), "/refused"))
          .allMatch(one -> one.status() == 503 && one.code().equals("Bearer secret"));
      assertThat(load(proxy.url(), "/silent"))
          .allMatch(one -> one.code().equals(Answer.CONNECTION_LOST));
    }
    String closed = partnerUrl();
    partner.stop(0);
    assertThat(load(closed, "/ok")).allMatch(one -> one.code().equals(Answer.NO_CONNECTION));
  }

  private String partnerUrl() {
    return "http://127.0.0.1:" + partner.getAddress().getPort();
  }

  private static List<Answer> load(String url, String path) {
    JsonCalls calls = new JsonCalls(url, "secret");
    OpenLoad load =
        new OpenLoad(
            new OpenLoad.Requests(
                index -> calls.request("POST", path, "{}").header("Idempotency-Key", "the same"),
                Integer::toString,
                status -> status == 200),
            Duration.ofSeconds(5));
    List<Answer> answers = load.run(50, Duration.ofMillis(200), 1);
    assertThat(answers)
        .hasSize(OpenLoad.count(50, Duration.ofMillis(200), 1))
        .allMatch(one -> one.answeredAt() >= one.sentAt());
    return answers;
  }
}
