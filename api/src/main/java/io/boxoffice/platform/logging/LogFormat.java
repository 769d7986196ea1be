package io.boxoffice.platform.logging;

/** Whom log lines are for; the value of LOG_FORMAT. */
public enum LogFormat {
  TEXT,
  JSON
}
