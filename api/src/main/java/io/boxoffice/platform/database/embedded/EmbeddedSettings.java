package io.boxoffice.platform.database.embedded;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.validation.PortRange;
import jakarta.validation.constraints.NotBlank;

/**
 * Says where the embedded PostgreSQL runs when DATABASE_URL is not set.
 *
 * @param directory holds the data, the binaries and the password; created if it is missing
 * @param port the loopback port; 0 selects a free one
 */
public record EmbeddedSettings(
    @JsonProperty @NotBlank String directory, @JsonProperty @PortRange(min = 0) int port) {}
