package io.boxoffice.stress.bench.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.stress.bench.safety.BenchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchDatabaseTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://192.0.2.1/boxoffice",
        "jdbc:postgresql://127.0.0.1,192.0.2.1:5432/boxoffice",
        "jdbc:postgresql://127.0.0.1/boxoffice?PGHOST=192.0.2.1",
        "jdbc:postgresql://host.invalid/boxoffice",
        "postgresql://127.0.0.1/boxoffice"
      })
  void refusesAServerThatIsNotOnTheLoopback(String url) {
    assertThatThrownBy(() -> new BenchDatabase(url, "user", "secret"))
        .isInstanceOf(BenchException.class);
  }

  @Test
  void namesAnotherDatabaseOfTheSameServer() {
    BenchDatabase admin =
        new BenchDatabase("jdbc:postgresql://127.0.0.1:5432/postgres?ssl=false", "u", "secret");
    assertThat(admin.named("bench").url())
        .isEqualTo("jdbc:postgresql://127.0.0.1:5432/bench?ssl=false");
    assertThat(admin.toString()).doesNotContain("secret");
  }
}
