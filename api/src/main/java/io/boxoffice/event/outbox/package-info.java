/** The outbox: each change writes its event in its own transaction, and one relay publishes it. */
package io.boxoffice.event.outbox;
