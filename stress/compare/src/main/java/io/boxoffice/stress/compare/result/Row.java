package io.boxoffice.stress.compare.result;

import io.boxoffice.stress.compare.audit.Audit;
import io.boxoffice.stress.compare.audit.Percentiles;
import io.boxoffice.stress.compare.process.Usage;
import io.boxoffice.stress.compare.process.Way;
import io.boxoffice.stress.compare.scenario.ScenarioKind;
import java.util.List;

/**
 * The figures of one load.
 *
 * @param rate requests per second that were sent
 * @param readsMillis latencies of the unrelated GET beside it; a timeout counts as long as its
 *     client waited, and other failures have no latency
 * @param readFailures how many of those had no success
 * @param backlog what was accepted and not done in each second since the begin of the load
 * @param faults what is wrong in the shop at the end, in sentences
 */
public record Row(
    ScenarioKind scenario,
    Way way,
    Condition condition,
    double rate,
    Audit audit,
    Usage usage,
    Percentiles readsMillis,
    int readFailures,
    List<Integer> backlog,
    List<String> faults) {}
