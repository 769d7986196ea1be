/**
 * The report partner: statements over all tickets of a concert, chained by hashes and signed.
 * docs/partners.md describes it.
 */
package io.boxoffice.partners.report;
