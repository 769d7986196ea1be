/** Passes requests that change the sale of a concert on to the site that is its home. */
package io.boxoffice.site.forward;
