/** The payment partner as the shop calls it: within limits, and with a meaning for each failure. */
package io.boxoffice.order.payment;
