/** Whether the purchases that the shop has in the end are those that it acknowledged. */
package io.boxoffice.stress.check.receipt;
