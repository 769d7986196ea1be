package io.boxoffice.stress.gates.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.stress.gates.audit.Findings;
import io.boxoffice.stress.gates.exit.ExitCode;
import io.boxoffice.stress.gates.ledger.Entry;
import io.boxoffice.stress.gates.ledger.GateLedger;
import io.boxoffice.stress.gates.ledger.Result;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The result of a run.
 *
 * @param setting the options, without tokens
 * @param rateKept whether all persons arrived in time
 * @param latencies of online scans, in microseconds
 * @param audit null when the shop's records could not be read
 * @param auditFailure why not, or null
 */
public record Summary(
    Map<String, Object> setting,
    boolean rateKept,
    List<GateLedger> ledgers,
    Histogram latencies,
    Findings audit,
    String auditFailure) {
  private static final int MOST_FAULTS_SHOWN = 20;
  private static final List<Integer> PERCENTILES = List.of(50, 95, 99, 100);

  /** The exit code of the process. */
  public ExitCode exitCode() {
    return audit != null && audit.isClean() ? ExitCode.OK : ExitCode.AUDIT_FAILED;
  }

  /** For a program. */
  public String json() {
    Map<String, Object> root = new LinkedHashMap<>(setting);
    root.put("exitCode", exitCode().code());
    root.put("rateKept", rateKept);
    root.put("millis", millis());
    root.put("gates", ledgers.stream().map(Summary::gate).toList());
    root.put("audit", auditFigures());
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Map<String, Object> millis() {
    Map<String, Object> millis = new LinkedHashMap<>();
    if (latencies.getTotalCount() > 0) {
      for (int percent : PERCENTILES) {
        millis.put(percent == 100 ? "max" : "p" + percent, percentile(percent));
      }
    }
    return millis;
  }

  private double percentile(int percent) {
    return Math.round(latencies.getValueAtPercentile(percent) / 100.0) / 10.0;
  }

  private static Map<String, Object> gate(GateLedger ledger) {
    Map<String, Object> gate = new LinkedHashMap<>();
    gate.put("gate", ledger.gate());
    gate.put("scans", ledger.count(entry -> true));
    gate.put("admitted", ledger.count(entry -> entry.result().is(Result.ADMITTED)));
    gate.put("left", ledger.count(entry -> entry.result().is(Result.LEFT)));
    gate.put("refused", ledger.count(entry -> entry.result().is(Result.REFUSED)));
    gate.put("offline", ledger.count(entry -> entry.scan().offline()));
    gate.put("conflicts", ledger.count(Summary::isConflict));
    gate.put("refusedByDevice", ledger.refusedHere());
    gate.put("sentAgain", ledger.sentAgain());
    return gate;
  }

  private static boolean isConflict(Entry entry) {
    return entry.passedInwards() && entry.result().is(Result.REFUSED);
  }

  private Map<String, Object> auditFigures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("made", audit != null);
    figures.put("clean", audit != null && audit.isClean());
    figures.put("failure", auditFailure);
    if (audit != null) {
      figures.put("figures", audit.figures());
      figures.put("faultCount", audit.faults().size());
      figures.put("faults", audit.faults().stream().limit(MOST_FAULTS_SHOWN).toList());
    }
    return figures;
  }

  /** For the terminal: a table with a row for each gate, then latencies and the audit. */
  public String text() {
    StringBuilder text = new StringBuilder("\n");
    List<Map<String, Object>> gates = ledgers.stream().map(Summary::gate).toList();
    text.append("| ").append(String.join(" | ", gates.get(0).keySet())).append(" |\n");
    text.append("| --- |").append(" ---: |".repeat(gates.get(0).size() - 1)).append('\n');
    for (Map<String, Object> gate : gates) {
      gate.values().forEach(value -> text.append("| ").append(value).append(' '));
      text.append("|\n");
    }
    text.append('\n');
    if (latencies.getTotalCount() > 0) {
      line(
          text,
          "online",
          String.format(
              Locale.ROOT,
              "%,d scans of the second half, from arrival to result: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms",
              latencies.getTotalCount(),
              percentile(50),
              percentile(95),
              percentile(99)));
    }
    line(
        text,
        "rate",
        rateKept ? "kept" : "NOT KEPT: this machine or the shop is too slow for the rate");
    auditText(text);
    return text.toString();
  }

  private void auditText(StringBuilder text) {
    if (audit == null) {
      line(text, "AUDIT", "failed: " + auditFailure);
      return;
    }
    if (audit.isClean()) {
      line(text, "audit", "the shop and the gates agree: " + audit.figures());
      return;
    }
    audit.faults().stream().limit(MOST_FAULTS_SHOWN).forEach(fault -> line(text, "AUDIT", fault));
    if (audit.faults().size() > MOST_FAULTS_SHOWN) {
      line(text, "AUDIT", "and %d more".formatted(audit.faults().size() - MOST_FAULTS_SHOWN));
    }
  }

  private static void line(StringBuilder text, String what, String value) {
    text.append(String.format(Locale.ROOT, "  %-8s %s%n", what, value));
  }
}
