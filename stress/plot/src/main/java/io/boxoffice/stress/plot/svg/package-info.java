/** Writes shapes, colours and text as SVG. */
package io.boxoffice.stress.plot.svg;
