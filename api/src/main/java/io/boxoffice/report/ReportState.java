package io.boxoffice.report;

/** Says what became of a report. */
public enum ReportState {
  /** To be made, or being made. */
  QUEUED,
  /** Signed. */
  DONE,
  /** Not made, and not tried again. */
  FAILED
}
