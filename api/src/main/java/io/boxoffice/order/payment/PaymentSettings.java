package io.boxoffice.order.payment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.http.client.BearerToken;
import io.boxoffice.platform.http.client.SecureAddress;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Names the payment partner, and bounds what its calls may cost.
 *
 * @param url the address that {@code /charges} is below; blank for no partner
 * @param token what the shop shows the partner; blank for none
 * @param callbackSecret what the partner signs its callbacks with; blank to refuse them
 * @param timeLimit for each call with its answer, 100 milliseconds to 30 seconds
 * @param inFlight how many calls may be in flight at once
 */
public record PaymentSettings(
    @JsonProperty @NotNull String url,
    @JsonProperty @NotNull String token,
    @JsonProperty @NotNull String callbackSecret,
    @JsonProperty
        @NotNull
        @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 30, unit = TimeUnit.SECONDS)
        Duration timeLimit,
    @JsonProperty @Min(1) @Max(10_000) int inFlight,
    @JsonProperty @Valid @NotNull BreakerSettings breaker) {

  /** Fewer characters could be guessed from one signature. */
  private static final Pattern SECRET = Pattern.compile("[!-~]{16,200}");

  /** Whether the shop has a partner. */
  boolean isOn() {
    return !url.isBlank();
  }

  /** Whether the shop accepts callbacks. */
  public boolean hasCallbacks() {
    return !callbackSecret.isBlank();
  }

  /** The address that the paths of calls are appended to, with a slash at its end. */
  URI base() {
    return URI.create(url.replaceFirst("/*$", "/"));
  }

  /**
   * Checks the settings that depend on each other.
   *
   * @throws StartupException when one is missing or not secure; the message contains no secret
   */
  void requireUsable() {
    require(
        callbackSecret.isBlank() || SECRET.matcher(callbackSecret).matches(),
        "PAYMENT_CALLBACK_SECRET has another form than 16 to 200 visible ASCII characters without spaces. Set the secret that the payment partner signs its callbacks with.");
    if (!isOn()) {
      return;
    }
    require(
        SecureAddress.parseWithCluster(url).filter(uri -> uri.getRawQuery() == null).isPresent(),
        "PAYMENT_URL is not valid. Expected is an HTTPS address without user, query and fragment, such as https://pay.example.com/v1; HTTP only on this machine or inside the cluster, such as http://payment:8080 or http://payment.shop.svc:8080. Leave PAYMENT_URL empty to run without a payment partner.");
    require(
        token.isBlank() || BearerToken.hasForm(token),
        "PAYMENT_TOKEN has another form than a bearer token: 1 to 500 letters, digits and '-', '.', '_', '~', '+', '/'. Set the token that the payment partner gave, or leave PAYMENT_TOKEN empty if it needs none.");
    require(
        hasCallbacks(),
        "PAYMENT_CALLBACK_SECRET is needed with PAYMENT_URL. Set the secret that the payment partner signs its callbacks with: 16 to 200 visible ASCII characters.");
    require(
        breaker.slowAfter().toNanoseconds() < timeLimit.toNanoseconds(),
        "PAYMENT_BREAKER_SLOW_AFTER is %s and must be shorter than PAYMENT_TIMEOUT, %s, at which every call ends."
            .formatted(breaker.slowAfter(), timeLimit));
  }

  private static void require(boolean valid, String otherwise) {
    if (!valid) {
      throw new StartupException(otherwise);
    }
  }

  /** Hides the token and the secret, so that no log can contain them. */
  @Override
  public String toString() {
    return "PaymentSettings[isOn=%s, timeLimit=%s, inFlight=%d, breaker=%s]"
        .formatted(isOn(), timeLimit, inFlight, breaker);
  }
}
