/** The payment partner's signed callbacks: their verification, and the listener that gets the charges. */
package io.boxoffice.order.payment.callback;
