package io.boxoffice.app;

import io.boxoffice.platform.StartupException;
import io.dropwizard.configuration.ConfigurationException;
import java.io.PrintWriter;
import java.net.BindException;

/** Tells the person at the terminal why a command failed: a sentence where we have one. */
final class CommandErrors {
  private CommandErrors() {}

  static void print(PrintWriter out, Throwable failure) {
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
