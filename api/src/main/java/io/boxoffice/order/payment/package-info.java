/** The way to the payment partner: calls with limits and a breaker, and its signed callbacks. */
package io.boxoffice.order.payment;
