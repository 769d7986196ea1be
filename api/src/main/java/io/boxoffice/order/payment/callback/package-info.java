/** The payment partner's signed callbacks, and the listener that gets their charges. */
package io.boxoffice.order.payment.callback;
