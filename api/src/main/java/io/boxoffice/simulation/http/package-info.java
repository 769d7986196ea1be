/**
 * Applies the simulation to HTTP. {@link io.boxoffice.simulation.http.SimulationFilter} delays,
 * denies and loses requests without blocking a thread. {@link
 * io.boxoffice.simulation.http.SimulationResource} lets operators change the setting.
 */
package io.boxoffice.simulation.http;
