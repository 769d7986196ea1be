package io.boxoffice.gate.ingest;

import java.util.Locale;

/** Names why a message, or a line of one, is not read at all. */
enum MessageProblem {
  /** It is neither a scan, nor a batch, nor lines of scans. */
  UNREADABLE,
  /** It has more bytes than a message may have. */
  TOO_LARGE,
  /** It has more scans than a batch may have. */
  TOO_MANY_SCANS;

  /** The text in dead letters and metrics. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
