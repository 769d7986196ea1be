package io.boxoffice.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.gate.code.TicketKeySettings;
import io.boxoffice.gate.ingest.IngestSettings;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/** Holds the settings of gates. */
public final class GateSettings {
  @NotNull private final String token;

  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.DAYS)
  @MaxDuration(value = 365, unit = TimeUnit.DAYS)
  private final Duration scanRetention;

  @Valid @NotNull private final TicketKeySettings ticketKeys;

  @Valid @NotNull private final IngestSettings ingest;

  /** Dropwizard creates the settings from the file. */
  @JsonCreator
  public GateSettings(
      @JsonProperty("token") String token,
      @JsonProperty("scanRetention") Duration scanRetention,
      @JsonProperty("ticketKeys") TicketKeySettings ticketKeys,
      @JsonProperty("ingest") IngestSettings ingest) {
    this.token = token;
    this.scanRetention = scanRetention;
    this.ticketKeys = ticketKeys;
    this.ingest = ingest;
  }

  /** The token that the gates' devices send; if it is blank, only operators may scan. */
  public String token() {
    return token;
  }

  /** For how long scans are kept, 1 to 365 days. */
  public java.time.Duration scanRetention() {
    return scanRetention.toJavaDuration();
  }

  /** How long the keys of ticket codes are used. */
  public TicketKeySettings ticketKeys() {
    return ticketKeys;
  }

  /** How scans are received from RabbitMQ. */
  public IngestSettings ingest() {
    return ingest;
  }
}
