package io.boxoffice.platform.metrics;

import com.google.common.collect.ImmutableMap;

/**
 * Maps Dropwizard's names to a metric family.
 *
 * @param match each star stands for one whole segment, which a label can use by its number
 * @param family without the {@code _total} that every meter gets
 * @param labels are exported in this order
 */
record Exported(String match, String family, String help, ImmutableMap<String, String> labels) {

  Exported(String match, String family, String help) {
    this(match, family, help, ImmutableMap.of());
  }
}
