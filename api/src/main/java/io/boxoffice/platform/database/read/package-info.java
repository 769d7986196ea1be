/**
 * Serves reads that may be a little old from standbys, so that the primary has more room for sales.
 * docs/read-replicas.md lists these reads.
 */
package io.boxoffice.platform.database.read;
