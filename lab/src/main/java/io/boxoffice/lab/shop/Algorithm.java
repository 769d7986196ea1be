package io.boxoffice.lab.shop;

/** How a proxy chooses the replica for a request. */
public enum Algorithm {
  /** Each replica in turn: the baseline. */
  ROUND_ROBIN("round robin", "roundrobin", ""),
  /** The replica with the fewest open requests. */
  LEAST_CONNECTIONS("least connections", "leastconn", "least_conn;"),
  /**
   * The same replica for all requests from an address. Both proxies hash consistently, so the
   * addresses of the other replicas stay where they are when one fails. nginx's ip_hash would send
   * all addresses of a /24 network to one replica.
   */
  SOURCE_HASH("source hash", "source\n  hash-type consistent", "hash $remote_addr consistent;");

  private final String title;
  private final String haproxy;
  private final String nginx;

  Algorithm(String title, String haproxy, String nginx) {
    this.title = title;
    this.haproxy = haproxy;
    this.nginx = nginx;
  }

  /** For a reader. */
  public String title() {
    return title;
  }

  /** What follows {@code balance} in HAProxy's file. */
  String haproxy() {
    return haproxy;
  }

  /** The line of an upstream in nginx's file; empty for nginx's default. */
  String nginx() {
    return nginx;
  }
}
