package io.boxoffice.platform.logging;

/** Selects the format of log lines; the value of LOG_FORMAT. */
public enum LogFormat {
  TEXT,
  JSON
}
