package io.boxoffice.platform;

import io.boxoffice.platform.metrics.PeriodicGauges;
import io.dropwizard.core.setup.Environment;
import io.prometheus.client.CollectorRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;

/**
 * What every feature is built on, so that its module needs nothing else but its own settings.
 *
 * @param jdbi the database, with its schema up to date
 * @param prometheus for families that Dropwizard's registry cannot hold
 * @param gauges for figures that take a query
 * @param random for ids that must not be guessed, and for seeds
 */
public record Foundation(
    Environment environment,
    Jdbi jdbi,
    CollectorRegistry prometheus,
    PeriodicGauges gauges,
    Clock clock,
    SecureRandom random) {}
