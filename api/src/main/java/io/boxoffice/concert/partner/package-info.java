/** Tells partners about changes of concerts. */
package io.boxoffice.concert.partner;
