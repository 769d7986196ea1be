package io.boxoffice.partners.report;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.UUID;

/** One line of the ledger of reports. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ReportEntry.Stored.class, name = "stored"),
  @JsonSubTypes.Type(value = ReportEntry.Begun.class, name = "begun")
})
sealed interface ReportEntry {
  /** A report as it is from now on: accepted, done, failed, or queued again. */
  record Stored(Report report) implements ReportEntry {}

  /** The work on a report has begun. Without an end, the process was killed during the work. */
  record Begun(UUID reportId) implements ReportEntry {}
}
