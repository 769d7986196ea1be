/** A stress run: what its command line asks for, its steps, and how it ends. Begin at Stress. */
package io.boxoffice.stress.crowd;
