/** Computes the figures of a load from its answers and from what was done. */
package io.boxoffice.stress.compare.audit;
