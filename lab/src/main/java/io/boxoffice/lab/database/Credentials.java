package io.boxoffice.lab.database;

import java.util.List;
import java.util.UUID;

/**
 * The passwords of one lab, which end with it.
 *
 * @param superuser of the user postgres
 * @param replication of the user replicator
 * @param shop of the user boxoffice
 */
public record Credentials(String superuser, String replication, String shop) {
  /** The name of the shop's user and of its database. */
  public static final String SHOP = "boxoffice";

  /** New random ones. */
  public static Credentials random() {
    return new Credentials(
        UUID.randomUUID().toString(), UUID.randomUUID().toString(), UUID.randomUUID().toString());
  }

  /** What creates the shop's user and database. */
  List<String> statements() {
    return List.of(
        "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(SHOP, shop),
        "CREATE DATABASE %1$s OWNER %1$s".formatted(SHOP));
  }
}
