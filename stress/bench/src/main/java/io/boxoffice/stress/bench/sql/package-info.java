/**
 * The database: opened for a run, sold from without the service, and asked what was really sold.
 */
package io.boxoffice.stress.bench.sql;
