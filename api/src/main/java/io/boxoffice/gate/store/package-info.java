/** Holds the SQL of gates and scans, and the transaction that applies a batch. It knows no HTTP. */
package io.boxoffice.gate.store;
