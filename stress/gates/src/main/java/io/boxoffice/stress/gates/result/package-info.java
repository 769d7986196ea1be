/** The results of a run, for a reader and for a program. */
package io.boxoffice.stress.gates.result;
