/** The benchmark: what a run starts, what it measures, what it compares. Begin at Bench. */
package io.boxoffice.stress.bench;
