/**
 * Draws plots as SVG, for benchmarks, stress reports, previews of dashboards and documents alike.
 * Knows shapes and numbers, and nothing of where they come from.
 */
package io.boxoffice.stress.plot;
