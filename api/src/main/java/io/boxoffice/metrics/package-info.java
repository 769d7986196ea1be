/** What Prometheus reads: Dropwizard's registry through the bridge, and one histogram beside it. */
package io.boxoffice.metrics;
