/** What clients asked for and were answered, and what the shop has in the end. */
package io.boxoffice.stress.check.history;
