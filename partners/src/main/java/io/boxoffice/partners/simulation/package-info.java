/** The shop's simulation, applied to the calls that a partner receives. docs/partners.md has it. */
package io.boxoffice.partners.simulation;
