/**
 * The database: the settings of the connection pool, the schema, and the mapping of failures to
 * problems.
 */
package io.boxoffice.platform.database;
