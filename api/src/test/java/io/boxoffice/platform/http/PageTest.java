package io.boxoffice.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PageTest {
  private final List<UUID> rows = List.of(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3));

  @Test
  void aRowBeyondTheLimitShowsThatMoreFollow() {
    assertThat(Page.cut(rows, 2, id -> id))
        .isEqualTo(new Page<>(rows.subList(0, 2), new UUID(0, 2)));
  }

  @Test
  void theLastPageHasNoNext() {
    assertThat(Page.cut(rows, 3, id -> id)).isEqualTo(new Page<>(rows, null));
  }
}
