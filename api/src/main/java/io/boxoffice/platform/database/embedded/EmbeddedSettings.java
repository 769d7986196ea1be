package io.boxoffice.platform.database.embedded;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.validation.PortRange;
import jakarta.validation.constraints.NotBlank;

/**
 * Where the embedded PostgreSQL lives when no DATABASE_URL is given.
 *
 * @param directory holds the data, the binaries and the password; made when missing
 * @param port the loopback port; 0 takes a free one
 */
public record EmbeddedSettings(
    @JsonProperty @NotBlank String directory, @JsonProperty @PortRange(min = 0) int port) {}
