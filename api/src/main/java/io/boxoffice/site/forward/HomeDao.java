package io.boxoffice.site.forward;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Reads which site sells something. The functions of the schema know the tables. */
interface HomeDao {

  /** Reads the home of a concert. */
  @SqlQuery("SELECT home_of_concert(:id)")
  Optional<String> ofConcert(UUID id);

  /** Reads the home of a purchase's concert. */
  @SqlQuery("SELECT home_of_purchase(:id)")
  Optional<String> ofPurchase(UUID id);

  /** Reads the home of an order's concert. */
  @SqlQuery("SELECT home_of_order(:id)")
  Optional<String> ofOrder(UUID id);
}
