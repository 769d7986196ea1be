/**
 * Draws plots as SVG, for benchmarks, stress reports and previews of dashboards alike. Knows shapes
 * and numbers, and nothing of where they come from.
 */
package io.boxoffice.stress.plot;
