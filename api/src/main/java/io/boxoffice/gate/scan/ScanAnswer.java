package io.boxoffice.gate.scan;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.boxoffice.gate.state.ScanResult;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * Shows what became of a scan.
 *
 * @param scanId absent if the scan had none that can be read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
    name = "ScanResult",
    requiredProperties = {"result"})
record ScanAnswer(
    UUID scanId,
    @Schema(allowableValues = {"admitted", "left", "refused", "parked", "invalid"}) String result,
    @Schema(
            allowableValues = {
              "already-admitted",
              "cancelled",
              "wrong-concert",
              "unknown",
              "forged",
              "too-early",
              "too-late",
              "not-inside",
              "unreadable"
            },
            description = "Why it is refused")
        String reason,
    @Schema(description = "True if the scan was applied before; the result is that of then")
        Boolean repeated,
    @Schema(description = "The missing sequence that a parked scan waits for") Long expected,
    @Schema(
            allowableValues = {
              "invalid-scan",
              "unknown-gate",
              "sequence-used",
              "series-too-low",
              "too-many-parked",
              "position-passed",
              "other-site",
              "rejected"
            },
            description = "Why it is invalid")
        String code,
    @Schema(description = "A sentence about the code") String detail) {

  static ScanAnswer of(ScanResult result) {
    return new ScanAnswer(
        result.scanId(),
        text(result),
        result.verdict() == null || result.verdict().reason() == null
            ? null
            : result.verdict().reason().text(),
        result.repeated() ? true : null,
        result.expected(),
        result.problem() == null ? null : result.problem().text(),
        result.detail());
  }

  private static String text(ScanResult result) {
    if (result.problem() != null) {
      return "invalid";
    }
    return result.verdict() == null ? "parked" : result.verdict().outcome().text();
  }
}
