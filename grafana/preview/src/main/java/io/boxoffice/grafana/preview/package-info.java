/**
 * Draws a dashboard's panels with the data of a real Prometheus, and says which of them have none.
 * It is a preview of what a dashboard asks and shows, and no replacement for Grafana.
 */
package io.boxoffice.grafana.preview;
