package io.boxoffice.purchase.desk;

import java.util.List;
import java.util.UUID;

/** Tells the desk which ticket types a concert has, so that the desk need not know the database. */
@FunctionalInterface
public interface TicketTypes {
  /**
   * Returns the ids of a concert's ticket types, in the operator's order. The list is empty when
   * there is no such concert.
   */
  List<UUID> ofConcert(UUID concertId);
}
