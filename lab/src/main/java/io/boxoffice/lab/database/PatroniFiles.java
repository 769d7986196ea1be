package io.boxoffice.lab.database;

import io.boxoffice.lab.host.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes what Patroni and etcd are started with. */
final class PatroniFiles {
  static final int REST_PORT = 8008;
  static final int POSTGRESQL_PORT = 5432;
  static final int ETCD_PORT = 2379;
  private static final int ETCD_PEER_PORT = 2380;

  /**
   * Strict, because otherwise Patroni takes PostgreSQL's list of synchronous standbys away when it
   * starts beside a server that runs. This acknowledges waiting commits, also on an old primary.
   */
  private static final String SHIPPED =
      """
          ttl: 7
          loop_wait: 1
          retry_timeout: 3
          primary_start_timeout: 0
          failsafe_mode: true
          synchronous_mode: true
          synchronous_mode_strict: true
      """;

  /** Patroni's own defaults, written out. */
  private static final String DEFAULT =
      """
          ttl: 30
          loop_wait: 10
          retry_timeout: 10
          primary_start_timeout: 300
          failsafe_mode: false
          synchronous_mode: false
      """;

  private static final String SHIPPED_PARAMETERS =
      """
              wal_sender_timeout: 5s
              wal_receiver_timeout: 5s
              wal_retrieve_retry_interval: 500ms
              tcp_user_timeout: 5s
      """;

  private PatroniFiles() {}

  /** Patroni's file for one node. */
  static String patroni(
      Node node,
      List<Node> all,
      Configuration configuration,
      Credentials credentials,
      Path programs) {
    String etcd =
        all.stream()
            .map(one -> one.controlAddress() + ":" + ETCD_PORT)
            .collect(Collectors.joining(", "));
    boolean shipped = configuration == Configuration.SHIPPED;
    return """
        scope: boxoffice
        name: %1$s
        restapi:
          listen: %2$s:8008
          connect_address: %2$s:8008
        etcd:
          hosts: [%3$s]
        bootstrap:
          dcs:
        %4$s    maximum_lag_on_failover: 1048576
            postgresql:
              use_pg_rewind: true
              use_slots: %10$s
              parameters:
                max_connections: 100
                shared_buffers: 64MB
                wal_keep_size: 512MB
        %5$s  initdb:
            - encoding: UTF8
            - locale: C.UTF-8
            - data-checksums
        postgresql:
          listen: %2$s:5432
          connect_address: %2$s:5432
          data_dir: %6$s/data
          bin_dir: %7$s
          pgpass: %6$s/pgpass
          parameters:
            unix_socket_directories: %6$s
          pg_hba:
            - local all all scram-sha-256
            - host replication replicator 10.77.0.0/24 scram-sha-256
            - host all all 10.77.0.0/24 scram-sha-256
          authentication:
            superuser: {username: postgres, password: %8$s}
            replication: {username: replicator, password: %9$s}
            rewind: {username: postgres, password: %8$s}
        watchdog:
          mode: "off"
        """
        .formatted(
            node.name(),
            node.address(),
            etcd,
            shipped ? SHIPPED : DEFAULT,
            shipped ? SHIPPED_PARAMETERS : "",
            node.folder(),
            programs,
            credentials.superuser(),
            credentials.replication(),
            // A new primary has its slots only after two seconds, and standbys connect again at
            // once without.
            !shipped);
  }

  /** The command that starts etcd on one node. */
  static List<String> etcd(Node node, List<Node> all) {
    String client = "http://%s:%d".formatted(node.controlAddress(), ETCD_PORT);
    String cluster =
        all.stream().map(one -> one.name() + "=" + peer(one)).collect(Collectors.joining(","));
    List<String> command = new ArrayList<>(List.of("etcd", "--name", node.name()));
    command.addAll(List.of("--data-dir", node.folder().resolve("etcd").toString()));
    command.addAll(List.of("--listen-client-urls", client, "--advertise-client-urls", client));
    command.addAll(List.of("--listen-peer-urls", peer(node)));
    command.addAll(List.of("--initial-advertise-peer-urls", peer(node)));
    command.addAll(List.of("--initial-cluster", cluster, "--initial-cluster-state", "new"));
    command.addAll(List.of("--initial-cluster-token", "boxoffice-lab"));
    // Before Patroni 3.1, its cache of etcd's version 3 can stay old for ever, and then the standby
    // that may be promoted is not the one that commits wait for (patroni/patroni#2779).
    command.add("--enable-v2");
    return command;
  }

  private static String peer(Node node) {
    return "http://%s:%d".formatted(node.controlAddress(), ETCD_PEER_PORT);
  }
}
