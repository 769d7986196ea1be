/** Log lines for a person ({@code LOG_FORMAT=text}) or for a machine ({@code LOG_FORMAT=json}). */
package io.boxoffice.platform.logging;
