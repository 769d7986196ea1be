/** Decides about scans at the gates. It does no input or output, so a test can try all cases. */
package io.boxoffice.gate.state;
