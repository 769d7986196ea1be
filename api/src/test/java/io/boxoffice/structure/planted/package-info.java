/** Violations of the rules that {@link io.boxoffice.structure.StructureTest} must find. */
package io.boxoffice.structure.planted;
