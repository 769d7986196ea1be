package io.boxoffice.platform.database.embedded;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Describes in a few words why the embedded PostgreSQL cannot start, and what to do about it. */
final class Reason {
  private static final Pattern FATAL = Pattern.compile("(?:PANIC|FATAL): +(.+)");
  private static final Pattern ERROR = Pattern.compile("(?:ERROR|error): +(.+)");
  private static final Pattern DISK_FULL_LINE =
      Pattern.compile("(?:[A-Z]+|error): +(.*(?:No space left|[Qq]uota exceeded).*)");
  private static final Pattern PG_CTL_OUTPUT =
      Pattern.compile(
          "pg_ctl: .*|waiting for server.*|.*stopped waiting|Examine the log output\\.");
  private static final Pattern DISK_FULL = Pattern.compile("No space left|[Qq]uota exceeded");

  private static final Pattern PORT = Pattern.compile("could not create any TCP/IP sockets");
  private static final Pattern SETTINGS =
      Pattern.compile("configuration file .* contains errors|could not load .*pg_hba\\.conf");

  private Reason() {}

  /** The reason, without the names of Java's exceptions. */
  static String of(Throwable cause) {
    if (cause instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (cause instanceof NoSuchFileException missing) {
      return missing.getFile() + " is missing";
    }
    if (cause instanceof FileSystemException failure) {
      String reason =
          failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason();
      return "%s: %s".formatted(failure.getFile(), reason);
    }
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  /** The line in which a program of PostgreSQL reports its failure; blank if there is none. */
  static String in(String output) {
    // A full disk also causes messages that look like damage, so its own message comes first.
    return Stream.of(DISK_FULL_LINE, FATAL, ERROR)
        .map(pattern -> last(pattern, output))
        .filter(reason -> !reason.isEmpty())
        .findFirst()
        .orElseGet(() -> lastLine(output));
  }

  private static String last(Pattern pattern, String output) {
    List<MatchResult> found = pattern.matcher(output).results().toList();
    return found.isEmpty() ? "" : found.get(found.size() - 1).group(1).strip();
  }

  private static String lastLine(String output) {
    return output
        .lines()
        .filter(line -> !line.isBlank() && !PG_CTL_OUTPUT.matcher(line).matches())
        .reduce("", (before, line) -> line.strip());
  }

  /** The remedy for a known reason, or else the caller's advice. */
  static String advice(String reason, String otherwise) {
    if (DISK_FULL.matcher(reason).find()) {
      return "Make room on its disk and start again.";
    }
    if (PORT.matcher(reason).find()) {
      return "Set EMBEDDED_PORT to a free port above 1023, or to 0.";
    }
    return SETTINGS.matcher(reason).find()
        ? "Mend that file, or remove it: Box Office then writes a plain one."
        : otherwise;
  }
}
