/** What Prometheus reads: Dropwizard's registry through the bridge, and what it cannot hold. */
package io.boxoffice.platform.metrics;
