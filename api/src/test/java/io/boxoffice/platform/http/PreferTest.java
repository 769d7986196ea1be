package io.boxoffice.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferTest {
  private static Prefer parse(String... headers) {
    return Prefer.parse(List.of(headers));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "respond-async | true |",
        "Respond-Async | true |",
        "respond-async; foo=bar | true |",
        "respond-async, wait=10 | true | 10",
        "wait=10,respond-async | true | 10",
        "wait=0 | false | 0",
        "wait = 10 | false | 10",
        "wait=\"10\" | false | 10",
        "wait=100 | false | 60",
        "wait=999999999 | false | 60",
        "wait=5, wait=6 | false | 5",
        "handling=lenient, wait=7 | false | 7",
        "foo; some=\"a, b\", wait=8 | false | 8",
        "return=minimal | false |",
      })
  void readsWhatTheClientPrefers(String header, boolean respondAsync, Integer seconds) {
    Prefer prefer = parse(header);
    assertThat(prefer.respondAsync()).isEqualTo(respondAsync);
    assertThat(prefer.longestWait().map(Duration::toSeconds).map(Long::intValue).orElse(null))
        .isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        ";",
        "wait",
        "wait=",
        "wait=-1",
        "wait=1.5",
        "wait=ten",
        "wait=1000000000",
        "wait=99999999999999999999",
        "respond-async=no",
        "\"respond-async\"",
        "respond-async2",
        "wait=\"10",
      })
  void ignoresWhatIsNotValid(String header) {
    assertThat(parse(header)).isEqualTo(new Prefer(false, Optional.empty()));
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(parse("respond-async", "wait=3").applied()).contains("respond-async, wait=3");
    assertThat(parse().applied()).isEmpty();
  }

  @Test
  void whatIsAppliedNamesTheWaitThatIsUsed() {
    assertThat(parse("wait=100").applied()).contains("wait=60");
    assertThat(parse("respond-async").applied()).contains("respond-async");
  }
}
