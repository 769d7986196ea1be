/**
 * Runs the flows of buying and paying once for each message between the shop, its database, its
 * payment partner and its client, with one fault at that message. {@link
 * io.boxoffice.faults.SingleFaults} is where to begin.
 */
package io.boxoffice.faults;
