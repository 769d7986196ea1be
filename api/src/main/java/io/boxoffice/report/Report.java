package io.boxoffice.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * Represents a report, or the wish for one.
 *
 * @param statement what the partner signed; absent unless the state is DONE
 * @param failure why it failed, or why the last attempt did; absent without a failure
 * @param doneAt when it was made or failed; absent until then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"id", "concertId", "state", "createdAt"})
public record Report(
    UUID id,
    UUID concertId,
    ReportState state,
    @Schema(description = "A JWS that the report partner signed") String statement,
    @Schema(
            description =
                "`partner-unavailable`, `partner-refused` or `answer-not-valid`: why it failed, or,"
                    + " while it is QUEUED, why the last attempt did",
            example = "partner-unavailable")
        String failure,
    Instant createdAt,
    Instant doneAt) {}
