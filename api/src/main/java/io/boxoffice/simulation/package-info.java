/**
 * Simulates a slow or failing service: artificial delays and random denials, as an operator
 * configures them.
 *
 * <p>{@link io.boxoffice.simulation.Setting} is the document that an operator writes. {@link
 * io.boxoffice.simulation.SettingParser} reads it. {@link io.boxoffice.simulation.Decider} computes
 * the decision for each request and has no side effects. {@link
 * io.boxoffice.simulation.SimulationFilter} applies the decision without blocking a thread. {@link
 * io.boxoffice.simulation.SettingStore} stores the setting in the database. {@link
 * io.boxoffice.simulation.SettingFollower} reads each change of it on every replica.
 */
package io.boxoffice.simulation;
