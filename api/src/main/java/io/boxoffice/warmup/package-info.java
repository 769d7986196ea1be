/** Warms up a replica with test purchases before it reports that it is ready. */
package io.boxoffice.warmup;
