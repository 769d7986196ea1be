package io.boxoffice.stress.check;

import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.check.history.HistoryWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Random histories of {@link TestShop}. */
public final class Histories {
  private Histories() {}

  /** Writes a large history to the standard output: of about so many requests as the argument. */
  public static void main(String[] arguments) throws IOException {
    Writer out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
    HistoryWriter.write(large(Integer.parseInt(arguments[0])), out);
    out.flush();
  }

  /** Returns one of a few clients with a few requests each; most shops have a bug. */
  public static History small(long seed) {
    Bug[] bugs = Bug.values();
    return TestShop.history(
        new Run(seed, bugs[(int) (seed % bugs.length)], 2 + (int) (seed % 4), 5, 1, 8, 3, 8, true));
  }

  /** Returns one of 64 clients, 20 stocks and about so many requests; the shop has no bug. */
  public static History large(int requests) {
    return TestShop.history(new Run(1, Bug.NONE, 64, requests / 64, 20, 1_000_000, 5, 100, false));
  }
}
