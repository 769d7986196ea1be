/**
 * What the partner has done, on disk and in memory. Nothing here knows HTTP: {@link
 * io.boxoffice.partners.payment.ledger.Ledger} writes, {@link
 * io.boxoffice.partners.payment.ledger.Book} answers.
 */
package io.boxoffice.partners.payment.ledger;
