/** A run of the gates of a hall: its command line, its steps, and its progress. Begin at Gates. */
package io.boxoffice.stress.gates;
