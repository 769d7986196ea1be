/**
 * Describes the document that an operator writes, and reads it from JSON. {@link
 * io.boxoffice.simulation.rule.Setting} is the whole document. {@link
 * io.boxoffice.simulation.rule.SettingParser} returns a valid setting or all errors at once. This
 * package uses no other package of the simulation.
 */
package io.boxoffice.simulation.rule;
