/**
 * The embedded PostgreSQL for local use: its folder, its programs, and the repair after an
 * interrupted start.
 */
package io.boxoffice.platform.database.embedded;
