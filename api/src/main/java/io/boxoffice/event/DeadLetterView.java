package io.boxoffice.event;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.boxoffice.event.transport.DeadLetter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * Shows a dead letter to operators.
 *
 * @param event in the structured mode of CloudEvents
 */
@Schema(
    name = "DeadLetter",
    requiredProperties = {"id", "consumer", "event", "failure", "deliveries", "failedAt"})
record DeadLetterView(
    UUID id,
    @Schema(description = "The consumer that failed", example = "search") String consumer,
    @JsonRawValue
        @Schema(
            implementation = Object.class,
            description = "The event, in the structured mode of CloudEvents 1.0")
        String event,
    @Schema(description = "What the last failure says; empty if that is not known") String failure,
    @Schema(description = "How often the event was delivered", example = "5") int deliveries,
    @Schema(description = "When it failed last") Instant failedAt) {

  static DeadLetterView of(DeadLetter letter) {
    return new DeadLetterView(
        letter.id(),
        letter.consumer(),
        letter.event().toJson(),
        letter.failure(),
        letter.deliveries(),
        letter.failedAt());
  }
}
