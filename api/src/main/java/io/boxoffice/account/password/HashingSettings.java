package io.boxoffice.account.password;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * Bounds the CPU time and the memory that passwords take from purchases.
 *
 * @param threads how many passwords are hashed at once; each needs 20 MB of heap
 * @param queueLength how many requests may wait for a thread before more are rejected
 */
public record HashingSettings(
    @JsonProperty @Min(1) @Max(16) int threads,
    @JsonProperty @Min(1) @Max(1_000) int queueLength) {}
