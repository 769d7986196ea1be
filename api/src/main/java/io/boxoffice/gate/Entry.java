package io.boxoffice.gate;

import io.boxoffice.gate.state.EntryWindow;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/** Shows when the gates of a concert let people in. */
@Schema(requiredProperties = {"concertId", "opensAt", "closesAt", "reEntry"})
public record Entry(
    UUID concertId,
    Instant opensAt,
    Instant closesAt,
    @Schema(description = "Whether a ticket that has left may enter again") boolean reEntry) {

  static Entry of(UUID concertId, EntryWindow window) {
    return new Entry(concertId, window.opensAt(), window.closesAt(), window.reEntry());
  }
}
