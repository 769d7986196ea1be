/** Log lines for people ({@code LOG_FORMAT=text}) or for programs ({@code LOG_FORMAT=json}). */
package io.boxoffice.platform.logging;
