package io.boxoffice.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.platform.rabbitmq.RabbitSettings;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/**
 * Sets how long events are remembered, and what carries them.
 *
 * @param retention how long the inbox recognises a repeated delivery, and how long a consumer
 *     without a subscription is kept with its backlog
 * @param rabbitmq the transport, if it names one; else tables of the database are
 */
public record EventSettings(
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.DAYS)
        @MaxDuration(value = 90, unit = TimeUnit.DAYS)
        Duration retention,
    @JsonProperty @NotNull @Valid RabbitSettings rabbitmq) {}
