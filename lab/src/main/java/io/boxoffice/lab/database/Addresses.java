package io.boxoffice.lab.database;

import io.boxoffice.lab.host.Node;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** The addresses that shops connect to. */
public final class Addresses {
  /**
   * In seconds: a host that is cut off is given up after 1 s, and a frozen one after 4 s. A
   * statement has the 5 s of the shop's own limit only when the server answers at all.
   */
  private static final String LIMITS = "connectTimeout=1&socketTimeout=4&loginTimeout=6";

  private Addresses() {}

  /** The server among several that takes writes. */
  public static String primaryOf(List<Node> nodes) {
    return address(nodes) + "?targetServerType=primary&sslmode=disable&" + LIMITS;
  }

  /** A connection of the superuser to the server among several that takes writes. */
  static Connection connectAsSuperuser(List<Node> nodes, Credentials credentials)
      throws SQLException {
    Properties superuser = new Properties();
    superuser.setProperty("user", "postgres");
    superuser.setProperty("password", credentials.superuser());
    // Otherwise, the driver remembers for 10 s which server was not the primary.
    superuser.setProperty("hostRecheckSeconds", "0");
    return DriverManager.getConnection(
        primaryOf(nodes).replace("/" + Credentials.SHOP + "?", "/postgres?"), superuser);
  }

  /** The only server. */
  public static String of(Node node) {
    return address(List.of(node)) + "?sslmode=disable&" + LIMITS;
  }

  /** The only server, with the shop's own limits: a sale may wait for another site. */
  static String withoutLimits(Node node) {
    return address(List.of(node)) + "?sslmode=disable";
  }

  private static String address(List<Node> nodes) {
    return nodes.stream()
        .map(node -> node.address() + ":" + PatroniFiles.POSTGRESQL_PORT)
        .collect(Collectors.joining(",", "jdbc:postgresql://", "/" + Credentials.SHOP));
  }
}
