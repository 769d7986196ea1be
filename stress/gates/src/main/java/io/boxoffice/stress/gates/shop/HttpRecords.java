package io.boxoffice.stress.gates.shop;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.stress.gates.audit.Attendance;
import io.boxoffice.stress.gates.audit.Conflict;
import io.boxoffice.stress.gates.audit.Counts;
import io.boxoffice.stress.gates.audit.ShopRecords;
import io.boxoffice.stress.gates.device.ScanLine;
import io.boxoffice.stress.gates.exit.ExitCode;
import io.boxoffice.stress.gates.exit.GatesException;
import io.boxoffice.stress.gates.ledger.Result;
import io.boxoffice.stress.gates.ledger.Scan;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads the shop's records of a concert over HTTP. */
public final class HttpRecords implements ShopRecords {
  private static final int TRIES = 5;

  private final JsonApi api;
  private final ScanLine line;
  private final UUID concertId;

  /** Reads the records of a concert, and repeats scans by the given line. */
  public HttpRecords(JsonApi api, ScanLine line, UUID concertId) {
    this.api = api;
    this.line = line;
    this.concertId = concertId;
  }

  @Override
  public Attendance attendance() {
    JsonNode document = api.get("/v1/concerts/%s/attendance?minutes=1".formatted(concertId));
    Map<String, Counts> gates = new HashMap<>();
    for (JsonNode gate : document.path("gates")) {
      gates.put(gate.path("gate").asText(), counts(gate));
    }
    JsonNode total = document.path("total");
    return new Attendance(total.path("inside").asLong(), counts(total), gates);
  }

  private static Counts counts(JsonNode node) {
    return new Counts(
        node.path("admitted").asLong(), node.path("left").asLong(), node.path("refused").asLong());
  }

  @Override
  public List<Conflict> conflicts() {
    List<Conflict> conflicts = new ArrayList<>();
    api.pages(
        "/v1/scan-conflicts",
        item -> {
          if (concertId.toString().equals(item.path("concertId").asText())) {
            conflicts.add(
                new Conflict(
                    id(item.path("ticketId")),
                    item.path("reason").asText(),
                    id(item.path("scan").path("scanId")),
                    id(item.path("other").path("scanId"))));
          }
        });
    return conflicts;
  }

  private static UUID id(JsonNode node) {
    return node.isTextual() ? UUID.fromString(node.asText()) : null;
  }

  @Override
  public Optional<Boolean> inside(UUID ticketId) {
    JsonNode admission = api.get("/v1/tickets/" + ticketId).path("admission");
    return admission.isObject()
        ? Optional.of(admission.path("inside").asBoolean())
        : Optional.empty();
  }

  @Override
  public List<Result> repeat(List<Scan> scans) {
    IOException last = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        return line.send(scans, Instant.now());
      } catch (IOException noAnswer) {
        last = noAnswer;
      }
    }
    throw new GatesException(
        ExitCode.AUDIT_FAILED, "The scans could not be sent again: " + last.getMessage(), last);
  }
}
