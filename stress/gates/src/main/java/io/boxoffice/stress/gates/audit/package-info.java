/** Compares the ledgers of the gates with the shop's records. */
package io.boxoffice.stress.gates.audit;
