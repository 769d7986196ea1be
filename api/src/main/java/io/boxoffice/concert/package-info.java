/** Concerts and their ticket types: what is sold, by whom it may be changed, and how it is read. */
package io.boxoffice.concert;
