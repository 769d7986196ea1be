package io.boxoffice.partners;

import io.dropwizard.core.setup.Environment;
import io.prometheus.client.CollectorRegistry;

/** One kind of partner. A process has one role and adds only its parts. */
public interface Role {
  /** The word on the command line. */
  String name();

  /**
   * Adds the resources, metrics and health checks of this role.
   *
   * @param prometheus the registry behind {@code /metrics}
   * @throws io.boxoffice.platform.StartupException when a setting is wrong; its message names it
   */
  void install(
      PartnersConfiguration settings, Environment environment, CollectorRegistry prometheus);
}
