/** Whether the answers about one stock fit into one order of its changes. */
package io.boxoffice.stress.check.stock;
