/** Violations of the rules, for {@link io.boxoffice.structure.StructureTest} to find. */
package io.boxoffice.structure.planted;
