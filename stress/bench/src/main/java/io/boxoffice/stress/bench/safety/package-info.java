/** Ends a run with a clear message and without leftovers, and keeps its load on this machine. */
package io.boxoffice.stress.bench.safety;
