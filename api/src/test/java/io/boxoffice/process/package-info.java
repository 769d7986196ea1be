/** The packaged service as a process of its own: how it starts, stops, dies and comes back. */
package io.boxoffice.process;
