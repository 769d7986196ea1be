/**
 * What buyers asked and were told during a stress run, second by second and purchase by purchase.
 */
package io.boxoffice.stress.crowd.record;
