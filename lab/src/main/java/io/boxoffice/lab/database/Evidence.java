package io.boxoffice.lab.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.lab.host.Node;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what tools other than the lab record of failovers: Patroni, and PostgreSQL itself. */
final class Evidence {
  private static final String PRIMARY =
      """
      SELECT row_to_json(p) FROM (
        SELECT host(inet_server_addr()) AS address,
               ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int AS timeline,
               (SELECT row_to_json(c) FROM (
                  SELECT timeline_id, prev_timeline_id, checkpoint_lsn, checkpoint_time
                  FROM pg_control_checkpoint()) c) AS pg_control_checkpoint,
               (SELECT coalesce(json_agg(row_to_json(r)), '[]') FROM (
                  SELECT application_name, host(client_addr) AS address, state, sync_state,
                         backend_start, sent_lsn, flush_lsn, replay_lsn
                  FROM pg_stat_replication ORDER BY application_name) r) AS pg_stat_replication) p
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Node> nodes;
  private final PatroniCalls calls;
  private final Credentials credentials;

  Evidence(List<Node> nodes, PatroniCalls calls, Credentials credentials) {
    this.nodes = nodes;
    this.calls = calls;
    this.credentials = credentials;
  }

  /** Reads it; what does not answer is named with its error, because a trial goes on without it. */
  Map<String, Object> read() {
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("patroni history", first("/history"));
    evidence.put("patroni cluster", first("/cluster"));
    evidence.put("primary", primary());
    return evidence;
  }

  private JsonNode first(String path) {
    return calls.get(nodes, path).values().stream().findFirst().orElse(JSON.nullNode());
  }

  private JsonNode primary() {
    try (Connection connection = Addresses.connectAsSuperuser(nodes, credentials);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(PRIMARY)) {
      row.next();
      return JSON.readTree(row.getString(1));
    } catch (SQLException | IOException failure) {
      return JSON.createObjectNode().put("error", failure.getMessage());
    }
  }
}
