/** The database: the settings of the pool, the schema, and what a failure means. */
package io.boxoffice.platform.database;
