/**
 * What each gate did and was answered, in the words of the gate: the audit compares it with the
 * shop.
 */
package io.boxoffice.stress.gates.ledger;
