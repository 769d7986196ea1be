/** The inbox: an event that is delivered again has no second effect. */
package io.boxoffice.event.inbox;
