package io.boxoffice.platform.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class LogContextTest {
  @Test
  void aScopeEndsWithTheEarlierId() {
    try (var ignored = LogContext.of("outer")) {
      try (var ignoredToo = LogContext.of("inner")) {
        assertThat(LogContext.requestId()).isEqualTo("inner");
      }
      assertThat(LogContext.requestId()).isEqualTo("outer");
      try (var ignoredToo = LogContext.of(null)) {
        assertThat(LogContext.requestId()).isEqualTo("outer");
      }
    }
    assertThat(LogContext.requestId()).isNull();
  }

  @Test
  void aTaskWorksForTheRequestThatSubmitsIt() {
    Deque<Runnable> queue = new ArrayDeque<>();
    StringBuilder seen = new StringBuilder();
    try (var ignored = LogContext.of("request-1")) {
      LogContext.carrying(queue::add).execute(() -> seen.append(LogContext.requestId()));
    }
    LogContext.carrying(queue::add).execute(() -> seen.append(' ').append(LogContext.requestId()));
    queue.forEach(Runnable::run);
    assertThat(seen).hasToString("request-1 null");
    assertThat(LogContext.requestId()).isNull();
  }

  @Test
  void aFunctionWorksForTheRequestThatMadeIt() {
    Function<String, String> function;
    try (var ignored = LogContext.of("request-2")) {
      function = LogContext.continuing(text -> text + LogContext.requestId());
    }
    assertThat(function.apply("of ")).isEqualTo("of request-2");
    assertThat(LogContext.requestId()).isNull();
  }
}
