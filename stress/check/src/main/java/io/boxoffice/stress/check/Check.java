package io.boxoffice.stress.check;

import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.check.history.HistoryException;
import io.boxoffice.stress.check.history.HistoryReader;
import io.boxoffice.stress.check.verdict.Contradiction;
import io.boxoffice.stress.check.verdict.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./boxoffice check}: reads a history and prints what contradicts itself. */
public final class Check {
  private static final int CLEAN = 0;
  private static final int WRONG_USE = 2;
  private static final int UNREADABLE = 3;
  private static final int CONTRADICTION = 4;

  /** Of a large contradiction, so many operations are printed. */
  private static final int MOST_PRINTED = 40;

  private static final Pattern AGE = Pattern.compile("([0-9]{1,6})(ms|s)");

  private static final String USAGE =
      """
      ./boxoffice check HISTORY [--max-age AGE]

        HISTORY         a file of JSON Lines: docs/history.md
        --max-age AGE   how old the stock of an answer may be, if its line does not say it: 500ms, 2s (0s)

      Exit codes: 0 no contradiction, 2 wrong use, 3 the history cannot be read, 4 a contradiction.
      """;

  private final PrintStream out;
  private final PrintStream err;

  Check(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(new Check(System.out, System.err).run(List.of(arguments)));
  }

  /** Returns the exit code. */
  int run(List<String> arguments) {
    if (arguments.contains("--help")) {
      out.print(USAGE);
      return CLEAN;
    }
    Duration maxAge = Duration.ZERO;
    if (arguments.size() == 3 && arguments.get(1).equals("--max-age")) {
      Matcher age = AGE.matcher(arguments.get(2));
      if (!age.matches()) {
        return wrongUse("--max-age must be a duration such as 500ms or 2s");
      }
      long number = Long.parseLong(age.group(1));
      maxAge = age.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    } else if (arguments.size() != 1 || arguments.get(0).startsWith("-")) {
      return wrongUse("one history is needed");
    }
    try (BufferedReader lines = Files.newBufferedReader(Path.of(arguments.get(0)))) {
      History history = HistoryReader.read(lines, maxAge.toNanos() / 1_000);
      return print(Checker.check(history));
    } catch (NoSuchFileException missing) {
      err.println("check: there is no file " + arguments.get(0));
      return UNREADABLE;
    } catch (IOException | HistoryException unreadable) {
      err.println("check: " + unreadable.getMessage());
      return UNREADABLE;
    }
  }

  private int wrongUse(String reason) {
    err.println("check: " + reason);
    err.print(USAGE);
    return WRONG_USE;
  }

  private int print(Verdict verdict) {
    verdict.figures().forEach((name, value) -> out.printf("%,12d  %s%n", value, name));
    for (String stock : verdict.undecided()) {
      out.printf(
          "The order of the changes of %s was too costly to decide; each answer alone is possible.%n",
          stock);
    }
    for (Contradiction contradiction : verdict.contradictions()) {
      out.printf(
          "%nCONTRADICTION (%s): %s%n",
          contradiction.promise().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          contradiction.sentence());
      List<String> operations = contradiction.operations();
      if (!operations.isEmpty()) {
        out.printf(
            "  operations: %s%s%n",
            String.join(", ", operations.subList(0, Math.min(MOST_PRINTED, operations.size()))),
            operations.size() > MOST_PRINTED
                ? ", and %d more".formatted(operations.size() - MOST_PRINTED)
                : "");
      }
    }
    out.println(
        verdict.isClean()
            ? "No contradiction."
            : "%nContradictions: %d.".formatted(verdict.contradictions().size()));
    return verdict.isClean() ? CLEAN : CONTRADICTION;
  }
}
