package io.boxoffice.stress.check.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.stress.check.history.Operation.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryReaderTest {
  private static final String STOCK = "{\"event\": \"stock\", \"stock\": \"s\", \"capacity\": 5}\n";
  private static final String BUY =
      "{\"event\": \"invoke\", \"op\": 1, \"do\": \"buy\", \"stock\": \"s\", \"quantity\": 2, \"key\": \"k\", \"time\": 3}\n";

  private static History read(String lines) throws IOException {
    return HistoryReader.read(new BufferedReader(new StringReader(lines)), 7);
  }

  @Test
  void aRequestAndItsAnswerAreOneOperation() throws IOException {
    History history =
        read(
            STOCK
                + BUY
                + """
                {"event": "invoke", "op": 2, "do": "read", "stock": "s", "time": 4}
                {"event": "ok", "op": 2, "available": 5, "time": 5}
                {"event": "ok", "op": 1, "purchase": "p", "time": 9}
                {"event": "invoke", "op": 3, "do": "cancel", "purchase": "p", "time": 10}

                {"event": "purchase", "purchase": "p", "stock": "s", "quantity": 2, "key": "k", "givenBack": true}
                {"event": "left", "stock": "s", "available": 5}
                """);
    assertThat(history.operations()).extracting(Operation::id).containsExactly("2", "1", "3");
    assertThat(history.operations())
        .extracting(Operation::outcome)
        .containsExactly(Outcome.OK, Outcome.OK, Outcome.UNKNOWN);
    assertThat(history.operations()).extracting(Operation::maxAge).containsExactly(7L, 7L, 0L);
    assertThat(history.operations().get(1).ended()).isEqualTo(9);
    assertThat(history.stocks()).containsExactly(new Stock("s", 5, 5L));
    assertThat(history.purchases()).containsExactly(new Purchase("p", "s", 2, "k", true, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{                                                                      | it is no JSON",
        "{\"event\": \"oh\"}                                                    | its event is oh",
        "{\"event\": \"ok\", \"op\": 9, \"time\": 1}                            | the operation 9 was not invoked",
        "{\"event\": \"ok\", \"op\": 1, \"time\": 4}                            | \"purchase\" must be a text",
        "{\"event\": \"ok\", \"op\": 1, \"purchase\": \"p\", \"time\": 2}       | ends before it is invoked",
        "{\"event\": \"invoke\", \"op\": 1, \"do\": \"read\", \"stock\": \"s\", \"time\": 3} | is invoked twice",
        "{\"event\": \"sold-out\", \"op\": 1, \"time\": 3.5}                    | \"time\" must be a whole number",
        "{\"event\": \"left\", \"stock\": \"other\", \"available\": 1}          | the stock other has no line",
      })
  void aLineWithoutAMeaningIsNamed(String line, String reason) {
    assertThatThrownBy(() -> read(STOCK + BUY + line))
        .isInstanceOf(HistoryException.class)
        .hasMessageStartingWith("Line 3: ")
        .hasMessageContaining(reason);
  }
}
