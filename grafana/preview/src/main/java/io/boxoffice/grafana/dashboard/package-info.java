/**
 * Dashboards as the project writes them: the part of Grafana's JSON that it uses, and nothing else.
 * A key, panel type, unit or colour that is not known here is refused with a sentence.
 */
package io.boxoffice.grafana.dashboard;
