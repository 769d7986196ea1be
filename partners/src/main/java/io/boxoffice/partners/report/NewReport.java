package io.boxoffice.partners.report;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/**
 * Holds the body of a request for a report.
 *
 * @param rounds how often the hash of each ticket is computed; null for the setting's number
 */
public record NewReport(@NotNull UUID concertId, @Min(1) @Max(1_000_000) Integer rounds) {}
