package io.boxoffice.gate.scan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.gate.scan.ScanReader.Item;
import io.boxoffice.gate.state.DeviceClock;
import io.boxoffice.gate.state.ItemProblem;
import io.boxoffice.gate.state.ScanResult;
import io.boxoffice.gate.store.ScanTransaction;
import io.boxoffice.platform.database.DatabaseProblemMapper;
import io.boxoffice.platform.error.Problem;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.JdbiException;

/**
 * Applies a body of lines, each a scan, in chunks: the results of a chunk are written when it is
 * committed. The last line says whether all lines were applied. One thread uses it.
 */
final class ScanLines {
  /** The most scans of a request. */
  static final int MOST_SCANS = 10_000;

  private final ObjectMapper json;
  private final ScanService service;
  private final BufferedReader lines;
  private final boolean isCut;
  private DeviceClock clock;
  private int number;
  private int scans;
  private boolean more = true;

  /**
   * Reads from a body.
   *
   * @param isCut whether the body was longer than its limit, and these are its first lines
   */
  ScanLines(ObjectMapper json, ScanService service, byte[] body, boolean isCut) {
    this.json = json;
    this.service = service;
    this.lines =
        new BufferedReader(
            new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
    this.isCut = isCut;
    this.clock = service.clock(null);
  }

  /**
   * Ends the response.
   *
   * @param end complete, limit or failure
   * @param scans how many lines before this one are results
   * @param code of the failure, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Last(String end, int scans, String code, String detail) {}

  /**
   * Applies the next chunk.
   *
   * @return empty after the last line
   * @throws JdbiException when the database fails; lines before this chunk are applied
   */
  List<ScanAnswer> next() throws IOException {
    List<Item> chunk = new ArrayList<>();
    while (more && chunk.size() < ScanTransaction.MOST_SCANS && scans + chunk.size() < MOST_SCANS) {
      String line = lines.readLine();
      more = line != null;
      if (more) {
        number++;
        read(line, chunk);
      }
    }
    List<ScanAnswer> answers = chunk.isEmpty() ? List.of() : service.apply(chunk);
    scans += answers.size();
    return answers;
  }

  private void read(String line, List<Item> chunk) {
    if (line.isBlank()) {
      return;
    }
    try {
      JsonNode item = json.readTree(line);
      if (item.isObject() && item.size() == 1 && item.has("deviceTime")) {
        setClock(item.get("deviceTime"), chunk);
      } else {
        chunk.add(service.read(item, clock));
      }
    } catch (JsonProcessingException broken) {
      chunk.add(invalid("is not one JSON object"));
    }
  }

  private void setClock(JsonNode deviceTime, List<Item> chunk) throws JsonProcessingException {
    Instant time = json.treeToValue(deviceTime, Instant.class);
    if (time == null || !ScanReader.isUsable(time)) {
      chunk.add(invalid("has no time"));
    } else {
      clock = service.clock(time);
    }
  }

  private Item invalid(String what) {
    return new Item(
        null,
        ScanResult.invalid(null, ItemProblem.INVALID_SCAN, "Line %d %s.".formatted(number, what)));
  }

  /** Writes the results of the first chunk, and then applies and writes the others. */
  void write(List<ScanAnswer> first, OutputStream out) throws IOException {
    List<ScanAnswer> answers = first;
    try {
      while (!answers.isEmpty()) {
        for (ScanAnswer answer : answers) {
          line(answer, out);
        }
        out.flush();
        answers = next();
      }
    } catch (JdbiException failure) {
      Problem problem = DatabaseProblemMapper.translate(failure).problem();
      line(new Last("failure", scans, problem.code(), problem.detail()), out);
      return;
    }
    line(last(), out);
  }

  private Last last() throws IOException {
    boolean isLimited = isCut || (more && lines.readLine() != null);
    return isLimited
        ? new Last(
            "limit",
            scans,
            null,
            "A request may have %,d scans and 2 MiB. Send the lines after these in another one."
                .formatted(MOST_SCANS))
        : new Last("complete", scans, null, null);
  }

  private void line(Object value, OutputStream out) throws IOException {
    out.write(json.writeValueAsBytes(value));
    out.write('\n');
  }
}
