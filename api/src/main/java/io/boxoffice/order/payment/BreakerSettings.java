package io.boxoffice.order.payment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/**
 * Says when the shop stops calling a partner that fails, and when it tries again.
 *
 * @param window the time whose calls count, 1 second to 5 minutes
 * @param leastCalls how many calls the window must have before the breaker may open
 * @param failureRate opens when this percentage of them failed
 * @param slowAfter a call that takes longer is slow, even if it succeeds
 * @param slowRate opens when this percentage of them was slow
 * @param pause how long the breaker stays open, 100 milliseconds to 5 minutes
 * @param trials how many calls the half-open breaker lets through; if they succeed, it closes
 */
public record BreakerSettings(
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        @MaxDuration(value = 5, unit = TimeUnit.MINUTES)
        Duration window,
    @JsonProperty @Min(1) @Max(10_000) int leastCalls,
    @JsonProperty @Min(1) @Max(100) int failureRate,
    @JsonProperty @NotNull @MinDuration(value = 10, unit = TimeUnit.MILLISECONDS)
        Duration slowAfter,
    @JsonProperty @Min(1) @Max(100) int slowRate,
    @JsonProperty
        @NotNull
        @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 5, unit = TimeUnit.MINUTES)
        Duration pause,
    @JsonProperty @Min(1) @Max(1_000) int trials) {

  /**
   * Builds the breaker. It opens itself half on the first call after its pause, so it needs no
   * thread.
   */
  CircuitBreaker build() {
    return CircuitBreaker.of(
        "payment",
        CircuitBreakerConfig.custom()
            .slidingWindow((int) window.toSeconds(), leastCalls, SlidingWindowType.TIME_BASED)
            .failureRateThreshold(failureRate)
            .slowCallDurationThreshold(slowAfter.toJavaDuration())
            .slowCallRateThreshold(slowRate)
            .waitDurationInOpenState(pause.toJavaDuration())
            .permittedNumberOfCallsInHalfOpenState(trials)
            .build());
  }
}
