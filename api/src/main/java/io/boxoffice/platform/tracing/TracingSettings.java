package io.boxoffice.platform.tracing;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.http.client.SecureAddress;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;

/**
 * Says whether spans are recorded, and what receives them.
 *
 * @param endpoint the address that {@code /v1/traces} is below; blank for no traces
 * @param serviceName the name of this service in traces
 * @param sampled which share of the traces is recorded, 0 to 1
 */
public record TracingSettings(
    @JsonProperty @NotNull String endpoint,
    @JsonProperty @NotBlank String serviceName,
    @JsonProperty @NotNull @DecimalMin("0") @DecimalMax("1") BigDecimal sampled) {

  /** Whether spans are recorded. */
  boolean isOn() {
    return !endpoint.isBlank();
  }

  /**
   * Returns the address that spans are sent to.
   *
   * @throws StartupException when the address has another form
   */
  String tracesUrl() {
    return SecureAddress.parseWithCluster(endpoint)
            .filter(address -> address.getRawQuery() == null)
            .orElseThrow(
                () ->
                    new StartupException(
                        "OTEL_EXPORTER_OTLP_ENDPOINT is not valid. Expected is the address of a receiver of OTLP over HTTP, without /v1/traces, user, query and fragment: HTTPS, such as https://otlp.example.com; HTTP only on this machine or inside the cluster, such as http://localhost:4318 or http://jaeger:4318. Leave it empty to run without traces."))
            .toString()
            .replaceFirst("/*$", "")
        + "/v1/traces";
  }
}
