/** When the buyers of a stress run arrive. */
package io.boxoffice.stress.crowd.arrival;
