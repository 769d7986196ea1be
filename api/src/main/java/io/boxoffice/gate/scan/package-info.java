/** Reads scans of gates' devices, applies them in batches, and answers each. */
package io.boxoffice.gate.scan;
