package io.boxoffice.gate.store;

import io.boxoffice.gate.state.ScanResult;
import io.boxoffice.gate.state.Verdict;
import java.util.List;

/**
 * States what a committed batch did.
 *
 * @param results one for each scan, in the order of the batch
 * @param verdicts those of this batch, also of scans that waited before it
 * @param conflicts how many scans let a person in that the shop refuses
 */
public record AppliedBatch(List<ScanResult> results, List<Verdict> verdicts, int conflicts) {}
