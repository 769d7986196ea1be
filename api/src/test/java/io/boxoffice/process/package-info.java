/** Tests the packaged service as a process: how it starts, stops, is killed and restarts. */
package io.boxoffice.process;
