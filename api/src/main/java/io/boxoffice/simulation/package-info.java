/**
 * Simulates a slow or failing service: artificial delays and random denials, as an operator
 * configures them. {@link io.boxoffice.simulation.SimulationModule} connects the four parts:
 *
 * <ul>
 *   <li>{@code rule} describes and reads the document that an operator writes;
 *   <li>{@code draw} computes the decision for each request and has no side effects;
 *   <li>{@code setting} stores the setting and follows its changes on every replica;
 *   <li>{@code http} applies the decisions and serves the operator's requests.
 * </ul>
 */
package io.boxoffice.simulation;
