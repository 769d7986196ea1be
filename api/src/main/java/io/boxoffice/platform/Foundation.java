package io.boxoffice.platform;

import io.boxoffice.platform.database.read.Reads;
import io.boxoffice.platform.metrics.PeriodicGauges;
import io.boxoffice.platform.tracing.Tracing;
import io.dropwizard.core.setup.Environment;
import io.prometheus.client.CollectorRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;

/**
 * Passes the shared parts to every feature, so that a feature's module needs only these and its own
 * settings.
 *
 * @param jdbi the database, with its schema up to date
 * @param reads for queries of it whose result may be a little old
 * @param prometheus for metric families that Dropwizard's registry cannot hold
 * @param gauges for figures that need a query
 * @param random for ids that must be hard to guess, and for seeds
 * @param tracing for spans
 */
public record Foundation(
    Environment environment,
    Jdbi jdbi,
    Reads reads,
    CollectorRegistry prometheus,
    PeriodicGauges gauges,
    Clock clock,
    SecureRandom random,
    Tracing tracing) {}
