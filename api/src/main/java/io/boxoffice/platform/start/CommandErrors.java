package io.boxoffice.platform.start;

import io.boxoffice.platform.StartupException;
import io.dropwizard.configuration.ConfigurationException;
import java.io.PrintWriter;
import java.net.BindException;

/** Prints why a command failed: one sentence for known failures, the stack trace for all others. */
public final class CommandErrors {
  private CommandErrors() {}

  /**
   * Prints one failure.
   *
   * @param out the terminal
   */
  public static void print(PrintWriter out, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartupException || cause instanceof ConfigurationException) {
        out.println("Box Office: " + cause.getMessage());
        return;
      }
      if (cause instanceof BindException) {
        out.println(
            "Box Office: %s. Stop what listens there, or set PORT and ADMIN_PORT."
                .formatted(failure.getMessage()));
        return;
      }
    }
    failure.printStackTrace(out);
  }
}
