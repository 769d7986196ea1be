/** Figures: recorded while a load runs, compared after it, printed as tables, JSON and a plot. */
package io.boxoffice.stress.bench.report;
