/** The transport without a broker: a table of deliveries in the shop's own database. */
package io.boxoffice.event.postgres;
