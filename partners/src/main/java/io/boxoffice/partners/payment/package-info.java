/**
 * The payment partner: charges, refunds and its ledger over HTTP. docs/partners.md describes it.
 */
package io.boxoffice.partners.payment;
