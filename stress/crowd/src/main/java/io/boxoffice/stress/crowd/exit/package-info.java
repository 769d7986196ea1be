/** How a stress run ends: its exit codes, and the exception that ends it early. */
package io.boxoffice.stress.crowd.exit;
