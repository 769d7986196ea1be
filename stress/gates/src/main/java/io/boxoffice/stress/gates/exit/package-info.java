/** How a run ends: its exit codes, and the exception that ends it early. */
package io.boxoffice.stress.gates.exit;
