/** The PostgreSQL of a laptop: its folder, its programs, and how an interrupted start is mended. */
package io.boxoffice.platform.database.embedded;
