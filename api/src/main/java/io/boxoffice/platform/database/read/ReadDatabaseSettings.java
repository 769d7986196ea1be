package io.boxoffice.platform.database.read;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.platform.StartupException;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;
import org.postgresql.Driver;

/**
 * Says whether standbys serve reads, where they are, and how old their data may be.
 *
 * @param url blank if the primary serves all reads
 * @param maxAge 1 s to 60 s
 * @param poolSize the most connections of this replica to standbys, 1 to 100
 */
public record ReadDatabaseSettings(
    @JsonProperty @NotNull String url,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        @MaxDuration(value = 60, unit = TimeUnit.SECONDS)
        Duration maxAge,
    @JsonProperty @Min(1) @Max(100) int poolSize) {

  /** Whether standbys serve reads. */
  boolean isOn() {
    return !url.isBlank();
  }

  /**
   * Checks the address before anything starts.
   *
   * @throws StartupException when the driver does not accept it; the message leaves the address
   *     out, because it may contain a password
   */
  public void requireUsableUrl() {
    if (isOn() && Driver.parseURL(url.strip(), null) == null) {
      throw new StartupException(
          "READ_DATABASE_URL must be a JDBC address such as jdbc:postgresql://standby-1,standby-2/boxoffice. User and password are DATABASE_USER and"
              + " DATABASE_PASSWORD. Leave READ_DATABASE_URL empty to read from the primary only.");
    }
  }

  /** Leaves the address out, because it may contain a password. */
  @Override
  public String toString() {
    return "ReadDatabaseSettings[maxAge=" + maxAge + ", poolSize=" + poolSize + "]";
  }
}
