/** Which concerts exist, for features that are given their ids. */
package io.boxoffice.concert.known;
