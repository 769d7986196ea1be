/** Sends what has happened to the shop: signed, and again until the shop has received it. */
package io.boxoffice.partners.payment.callback;
