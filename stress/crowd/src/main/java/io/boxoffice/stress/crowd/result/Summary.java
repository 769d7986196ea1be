package io.boxoffice.stress.crowd.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.stress.crowd.audit.Findings;
import io.boxoffice.stress.crowd.exit.ExitCode;
import io.boxoffice.stress.crowd.promise.Promise;
import io.boxoffice.stress.crowd.record.Kind;
import io.boxoffice.stress.crowd.record.Outcome;
import io.boxoffice.stress.crowd.record.Recorder;
import io.boxoffice.stress.crowd.record.RequestCounts;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The result of a run, for a reader and for a program.
 *
 * @param profile the simulation's profile that the scenario wants, or null
 * @param audit null when the records of the shop could not be read
 * @param auditFailure why not, or null
 */
public record Summary(
    String scenario,
    String baseUrl,
    String runId,
    String profile,
    Promise.Run run,
    int users,
    Instant finishedAt,
    List<Promise.Verdict> promises,
    Findings audit,
    String auditFailure) {
  private static final List<Integer> PERCENTILES = List.of(50, 95, 99, 100);
  private static final int MOST_FAULTS_SHOWN = 20;

  /** The exit code of the process; a fault or a gap of the audit outweighs a slow shop. */
  public ExitCode exitCode() {
    if (audit == null || !audit.isClean() || !audit.complete()) {
      return ExitCode.AUDIT_FAILED;
    }
    return promises.stream().allMatch(Promise.Verdict::kept)
        ? ExitCode.OK
        : ExitCode.PROMISE_BROKEN;
  }

  /** For a program; docs/stress.md has the schema. */
  public String json() {
    Recorder recorder = run.recorder();
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("scenario", scenario);
    root.put("baseUrl", baseUrl);
    root.put("runId", runId);
    root.put("startedAt", recorder.began().toString());
    root.put("finishedAt", finishedAt.toString());
    root.put("exitCode", exitCode().code());
    root.put("profile", profile == null ? null : Map.of("name", profile, "on", run.profileIsOn()));
    root.put("arrivals", arrivals());
    Map<String, Object> requests = new LinkedHashMap<>();
    requests.put("all", figures(recorder.total()));
    recorder.names().forEach(name -> requests.put(name, figures(recorder.named(name))));
    root.put("requests", requests);
    root.put("promises", promises);
    root.put("audit", auditFigures());
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** For the terminal. */
  public String text() {
    RequestCounts total = run.recorder().total();
    StringBuilder text = new StringBuilder();
    text.append("\n");
    line(text, "requests", "%,d in %d s%s", total.sentCount(), run.seconds(), outcomes(total));
    for (Kind kind : Kind.values()) {
      if (!Double.isNaN(total.percentile(kind, 50))) {
        line(
            text,
            kind.plural(),
            "p50 %.0f ms, p95 %.0f ms, p99 %.0f ms",
            total.percentile(kind, 50),
            total.percentile(kind, 95),
            total.percentile(kind, 99));
      }
    }
    if (run.plan() != null) {
      int late = run.plan().firstLate(run.recorder(), run.seconds());
      line(
          text,
          "rate",
          "%s",
          late < 0
              ? "kept: %,d buyers arrived as planned".formatted(run.recorder().arrivals())
              : "NOT KEPT: from second %d on, buyers arrived more than a second late; this machine is too small for the rate"
                  .formatted(late));
    }
    for (Promise.Verdict verdict : promises) {
      line(
          text, verdict.kept() ? "kept" : "BROKEN", "%s (%s)", verdict.promise(), verdict.detail());
    }
    auditText(text);
    return text.toString();
  }

  private void auditText(StringBuilder text) {
    if (audit == null) {
      line(text, "AUDIT", "failed: %s", auditFailure);
      return;
    }
    if (audit.isClean()) {
      line(text, "audit", "the records of the shop are correct %s", audit.figures());
    }
    audit.faults().stream()
        .limit(MOST_FAULTS_SHOWN)
        .forEach(fault -> line(text, "AUDIT", "%s", fault));
    if (audit.faults().size() > MOST_FAULTS_SHOWN) {
      line(text, "AUDIT", "and %d more", audit.faults().size() - MOST_FAULTS_SHOWN);
    }
    audit.notAudited().forEach(what -> line(text, "not audited", "%s", what));
  }

  private Map<String, Object> arrivals() {
    Map<String, Object> arrivals = new LinkedHashMap<>();
    arrivals.put("model", run.plan() == null ? "closed" : "open");
    arrivals.put("seconds", run.seconds());
    arrivals.put("came", run.recorder().arrivals());
    if (run.plan() == null) {
      arrivals.put("users", users);
    } else {
      int late = run.plan().firstLate(run.recorder(), run.seconds());
      arrivals.put("planned", Math.round(run.plan().until(run.seconds())));
      arrivals.put("kept", late < 0);
      arrivals.put("lateFromSecond", late < 0 ? null : late);
    }
    return arrivals;
  }

  private Map<String, Object> auditFigures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("made", audit != null);
    figures.put("clean", audit != null && audit.isClean());
    figures.put("complete", audit != null && audit.complete());
    figures.put("failure", auditFailure);
    if (audit != null) {
      figures.put("figures", audit.figures());
      figures.put("faultCount", audit.faults().size());
      figures.put("faults", audit.faults().stream().limit(MOST_FAULTS_SHOWN).toList());
      figures.put("notAudited", audit.notAudited());
    }
    return figures;
  }

  private static Map<String, Object> figures(RequestCounts tally) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("sent", tally.sentCount());
    for (Outcome outcome : Outcome.values()) {
      figures.put(outcome.id(), tally.count(outcome));
    }
    Map<String, Object> latencies = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      Map<String, Object> percentiles = new LinkedHashMap<>();
      for (int percent : PERCENTILES) {
        double millis = tally.percentile(kind, percent);
        if (Double.isFinite(millis)) {
          percentiles.put(
              percent == 100 ? "max" : "p" + percent,
              BigDecimal.valueOf(millis).setScale(1, RoundingMode.HALF_UP));
        }
      }
      if (!percentiles.isEmpty()) {
        latencies.put(kind.name().toLowerCase(Locale.ROOT), percentiles);
      }
    }
    figures.put("millis", latencies);
    return figures;
  }

  private static String outcomes(RequestCounts tally) {
    StringBuilder text = new StringBuilder();
    for (Outcome outcome : Outcome.values()) {
      if (tally.count(outcome) > 0) {
        text.append(
            String.format(
                Locale.ROOT, ", %,d %s", tally.count(outcome), outcome.id().replace('_', ' ')));
      }
    }
    long open = tally.sentCount() - tally.ended();
    return open > 0 ? text + ", %,d not answered".formatted(open) : text.toString();
  }

  private static void line(StringBuilder text, String what, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "  %-12s ", what))
        .append(String.format(Locale.ROOT, format, values))
        .append('\n');
  }
}
