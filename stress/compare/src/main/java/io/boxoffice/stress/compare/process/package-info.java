/** The processes of a run: they start, are killed, start again, and are watched. */
package io.boxoffice.stress.compare.process;
