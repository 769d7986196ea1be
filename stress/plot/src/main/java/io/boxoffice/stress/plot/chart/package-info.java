/**
 * Charts, for benchmarks, stress reports and previews of dashboards alike. They contain numbers and
 * do not know where those come from.
 */
package io.boxoffice.stress.plot.chart;
