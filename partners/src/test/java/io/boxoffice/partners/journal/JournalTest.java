package io.boxoffice.partners.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the roles have in common: the file becomes shorter, and no entry is lost by that. */
class JournalTest {
  private static final int KEYS = 10;

  @TempDir private Path directory;

  /** A line: the last one of a key counts. */
  private record Line(String key, int number) {}

  /** Keeps the last line of each key. */
  private static final class LastLines implements Compaction<Line> {
    private final Map<String, Line> lines = new LinkedHashMap<>();

    synchronized void apply(Line line) {
      lines.put(line.key(), line);
    }

    @Override
    public boolean isDue(long written) {
      return written > 3 * KEYS;
    }

    @Override
    public synchronized List<Line> entries() {
      return List.copyOf(lines.values());
    }
  }

  @Test
  void aLongFileIsReplacedWhileItIsWritten() throws Exception {
    LastLines state = new LastLines();
    Journal<Line> journal = open(state);
    List<CompletableFuture<?>> written = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      int number = i;
      written.add(journal.append(now -> new Line("key" + number % KEYS, number)));
    }
    CompletableFuture.allOf(written.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    journal.stop();
    assertThat(Files.readAllLines(directory.resolve("ledger.jsonl"))).hasSizeLessThan(5_000);

    LastLines replayed = new LastLines();
    open(replayed).stop();
    assertThat(replayed.entries()).containsExactlyElementsOf(state.entries());
    assertThat(replayed.lines.get("key9")).isEqualTo(new Line("key9", 4_999));
  }

  /** A crash in the middle of a replacement leaves the old file and a part of the new one. */
  @Test
  void aReplacementThatACrashCutOffIsIgnored() throws Exception {
    Journal<Line> journal = open(new LastLines());
    journal.append(now -> new Line("a", 1)).get(60, TimeUnit.SECONDS);
    journal.stop();
    Files.writeString(directory.resolve("ledger.jsonl.new"), "{\"key\": \"b");

    LastLines replayed = new LastLines();
    Journal<Line> again = open(replayed);
    assertThat(replayed.entries()).containsExactly(new Line("a", 1));
    assertThat(directory.resolve("ledger.jsonl.new")).doesNotExist();
    again.compact().get(60, TimeUnit.SECONDS);
    again.append(now -> new Line("b", 2)).get(60, TimeUnit.SECONDS);
    again.stop();
    assertThat(Files.readAllLines(directory.resolve("ledger.jsonl"))).hasSize(2);
  }

  private Journal<Line> open(LastLines state) {
    Journal<Line> journal =
        new Journal<>(
            Clock.systemUTC(),
            new JournalPlace("test", "TEST_DATA_DIR", directory),
            new ObjectMapper(),
            Line.class,
            state::apply,
            () -> Instant.MIN,
            state);
    journal.start();
    return journal;
  }
}
