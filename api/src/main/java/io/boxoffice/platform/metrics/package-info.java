/**
 * The metrics for Prometheus: Dropwizard's registry through a bridge, and the metrics that it
 * cannot hold.
 */
package io.boxoffice.platform.metrics;
