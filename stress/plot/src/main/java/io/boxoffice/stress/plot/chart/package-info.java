/**
 * Charts, for benchmarks, stress reports, previews of dashboards and documents alike. They contain
 * numbers and do not know where those come from.
 */
package io.boxoffice.stress.plot.chart;
