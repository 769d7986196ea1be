/** The database itself: the embedded server of a laptop, the schema, the settings of the pool. */
package io.boxoffice.platform.database;
