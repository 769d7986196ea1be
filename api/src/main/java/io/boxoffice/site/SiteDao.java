package io.boxoffice.site;

import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Holds the SQL of sites and homes. */
@RegisterConstructorMapper(SiteDao.Names.class)
interface SiteDao {

  /** Holds what the database knows of its site. */
  record Names(String name, String peer) {}

  /** Reads which site the database belongs to; empty for a shop of one site. */
  @SqlQuery("SELECT name, peer FROM site")
  Optional<Names> names();
}
