package io.boxoffice.site;

import io.boxoffice.testing.TestDatabase;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Prepares the databases of sites, and reads them, for tests. */
public final class SiteRows {
  private SiteRows() {}

  /** Makes a database that of a site. */
  public static TestDatabase setUp(TestDatabase database, String here, String there) {
    database
        .jdbi()
        .useHandle(
            handle -> handle.select("SELECT set_up_site(?, ?)", here, there).mapToMap().one());
    return database;
  }

  /** Copies a concert from one site to the other, as replication does. */
  public static void copyConcert(String id, TestDatabase from, TestDatabase to) {
    copy(
        "SELECT row_to_json(c)::text FROM concerts c WHERE id = ?::uuid", "concerts", id, from, to);
    copy(
        "SELECT row_to_json(t)::text FROM ticket_types t WHERE concert_id = ?::uuid",
        "ticket_types",
        id,
        from,
        to);
  }

  private static void copy(
      String query, String table, String id, TestDatabase from, TestDatabase to) {
    List<String> rows =
        from.jdbi()
            .withHandle(handle -> handle.createQuery(query).bind(0, id).mapTo(String.class).list());
    to.jdbi()
        .useTransaction(
            handle -> {
              handle.execute("SET LOCAL session_replication_role = replica");
              for (String row : rows) {
                handle.execute(
                    "INSERT INTO %1$s SELECT * FROM json_populate_record(NULL::%1$s, ?::json)"
                        .formatted(table),
                    row);
              }
            });
  }

  /** Moves the home of a concert in one database only. */
  public static void moveHome(Handle handle, Object concertId, String to) {
    handle
        .createQuery("SELECT move_home(CAST(:concert AS uuid), :to, 'test')")
        .bind("concert", concertId)
        .bind("to", to)
        .mapToMap()
        .one();
  }

  /** Reads one number. */
  public static int count(TestDatabase database, String query, Object... arguments) {
    return database
        .jdbi()
        .withHandle(handle -> handle.select(query, arguments).mapTo(Integer.class).one());
  }
}
