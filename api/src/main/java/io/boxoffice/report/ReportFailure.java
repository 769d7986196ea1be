package io.boxoffice.report;

import java.util.Locale;

/** Says why a report was not made, by a code that is part of the contract. */
enum ReportFailure {
  /** The partner did not answer, or refused for now. */
  PARTNER_UNAVAILABLE,
  /** The partner refuses this report, also when it is asked again. */
  PARTNER_REFUSED,
  /** The partner answered with something other than a report of this concert. */
  ANSWER_NOT_VALID;

  /** Returns the text, such as {@code partner-refused}. */
  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
