package io.boxoffice.stress.gates.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.boxoffice.stress.gates.device.ScanLine;
import io.boxoffice.stress.gates.ledger.Result;
import io.boxoffice.stress.gates.ledger.Scan;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sends batches to {@code POST /v1/scans}. An answer of the wrong form counts as no answer. */
public final class HttpScanLine implements ScanLine {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final JsonApi api;
  private final String token;

  /**
   * A line of all devices.
   *
   * @param token the devices', or empty
   */
  public HttpScanLine(JsonApi api, String token) {
    this.api = api;
    this.token = token;
  }

  @Override
  public List<Result> send(List<Scan> scans, Instant deviceTime) throws IOException {
    ObjectNode batch = JsonApi.document().put("deviceTime", deviceTime.toString());
    ArrayNode list = batch.putArray("scans");
    scans.forEach(scan -> write(scan, list.addObject()));
    HttpRequest request =
        JsonApi.body(api.request("/v1/scans", token), "POST", batch).timeout(LIMIT).build();
    HttpResponse<String> response = api.send(request);
    int status = response.statusCode();
    if (JsonApi.isBusy(status) || status >= 500) {
      throw new IOException("the shop answers " + status);
    }
    if (status != 200) {
      throw JsonApi.unexpected(response);
    }
    return results(scans, JsonApi.parsed(response).path("results"));
  }

  private static void write(Scan scan, ObjectNode item) {
    item.put("scanId", scan.scanId().toString())
        .put("gate", scan.gate())
        .put("series", scan.series())
        .put("sequence", scan.sequence())
        .put("code", scan.showing().code())
        .put("direction", scan.showing().outwards() ? "out" : "in")
        .put("deviceMode", scan.offline() ? "offline" : "online")
        .put("scannedAt", scan.scannedAt().toString());
  }

  private static List<Result> results(List<Scan> scans, JsonNode answered) throws IOException {
    if (answered.size() != scans.size()) {
      throw new IOException("%d results of %d scans".formatted(answered.size(), scans.size()));
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < scans.size(); i++) {
      JsonNode one = answered.get(i);
      if (!one.path("scanId").asText().equals(scans.get(i).scanId().toString())) {
        throw new IOException("the result of another scan");
      }
      JsonNode reason = one.hasNonNull("reason") ? one.path("reason") : one.path("code");
      results.add(
          new Result(
              one.path("result").asText(),
              reason.isTextual() ? reason.asText() : null,
              one.path("repeated").asBoolean()));
    }
    return results;
  }
}
