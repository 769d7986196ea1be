package io.boxoffice.gate.ingest;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * Sets how scans are received from RabbitMQ.
 *
 * @param partitions the queues that gates are spread over, 0 to 64; 0 to receive none
 * @param workers the threads of this replica that apply scans, 1 to 16
 */
public record IngestSettings(
    @JsonProperty @Min(0) @Max(64) int partitions, @JsonProperty @Min(1) @Max(16) int workers) {}
