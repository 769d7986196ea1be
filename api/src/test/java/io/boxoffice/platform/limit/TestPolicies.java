package io.boxoffice.platform.limit;

import io.boxoffice.platform.limit.Policy.Partition;
import io.boxoffice.platform.limit.Policy.Scope;
import io.dropwizard.util.Duration;

/** Makes policies for tests. */
final class TestPolicies {
  private TestPolicies() {}

  /** A policy for every route and address. */
  static Policy of(String name, int quota, Duration window, Scope scope) {
    return new Policy(name, quota, window, null, null, Partition.ADDRESS, scope);
  }
}
