/**
 * The misbehaviour that is switched on: artificial delay and random denial, as an operator sets
 * them.
 *
 * <p>{@link io.boxoffice.simulation.Setting} is what an operator writes, {@link
 * io.boxoffice.simulation.SettingParser} reads it, {@link io.boxoffice.simulation.Decider} decides
 * each request by arithmetic alone, {@link io.boxoffice.simulation.SimulationFilter} does what was
 * decided without holding a thread, {@link io.boxoffice.simulation.SettingStore} keeps the setting
 * and {@link io.boxoffice.simulation.SettingFollower} brings it to every replica.
 */
package io.boxoffice.simulation;
