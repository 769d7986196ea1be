package io.boxoffice.stress.check.stock;

import io.boxoffice.stress.check.Histories;
import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.check.history.HistoryWriter;
import io.boxoffice.stress.check.receipt.ReceiptCheck;
import io.boxoffice.stress.check.stock.Ordering.Answer;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes small histories to a folder and prints what the check decides, for another checker. */
final class SmallHistories {
  private SmallHistories() {}

  /** Takes the folder and the number of histories. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int written = 0;
    for (int seed = 0; written < Integer.parseInt(arguments[1]); seed++) {
      History history = Histories.small(seed);
      if (!ReceiptCheck.of(history).isEmpty()) {
        continue; // It does not say which changes there were.
      }
      written++;
      Path file = folder.resolve("%06d.jsonl".formatted(seed));
      try (Writer writer = Files.newBufferedWriter(file)) {
        HistoryWriter.write(history, writer);
      }
      System.out.printf("%s %b%n", file, hasOrder(history));
    }
  }

  private static boolean hasOrder(History history) {
    return StockHistory.of(history).stream()
        .allMatch(one -> Ordering.of(one, Ordering.MANY_TRIES).answer() == Answer.POSSIBLE);
  }
}
