package io.boxoffice.platform.redis;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.platform.StartupException;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Says whether there is a Redis, where it is, and how long a request waits for it.
 *
 * @param url blank for no Redis
 * @param timeout 10 ms to 2 s
 */
public record RedisSettings(
    @JsonProperty @NotNull String url,
    @JsonProperty
        @NotNull
        @MinDuration(value = 10, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 2, unit = TimeUnit.SECONDS)
        Duration timeout) {
  private static final int DEFAULT_PORT = 6379;
  private static final int MOST_PORT = 65_535;
  private static final Pattern DATABASE = Pattern.compile("(/(\\d{1,4})?)?");

  /** Whether the service uses Redis. */
  boolean isOn() {
    return !url.isBlank();
  }

  /**
   * Checks the address before anything starts.
   *
   * @throws StartupException when it has another form
   */
  public void requireUsableUrl() {
    if (isOn()) {
      RedisURI unused = address();
    }
  }

  /**
   * The address for the client. With {@code rediss} the server's certificate must be valid for its
   * name.
   *
   * @throws StartupException when the address has another form; the message leaves it out, because
   *     it may contain a password
   */
  RedisURI address() {
    URI uri;
    try {
      uri = new URI(url.strip());
    } catch (URISyntaxException containsTheAddress) {
      throw invalid();
    }
    boolean tls = "rediss".equals(uri.getScheme());
    boolean valid =
        (tls || "redis".equals(uri.getScheme()))
            && uri.getHost() != null
            && uri.getPort() <= MOST_PORT
            && uri.getPort() != 0
            && DATABASE.matcher(uri.getPath()).matches()
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
    if (!valid) {
      throw invalid();
    }
    RedisURI.Builder address =
        RedisURI.builder()
            // Of an IPv6 address, an URI has the brackets and the client does not.
            .withHost(uri.getHost().replaceAll("[\\[\\]]", ""))
            .withPort(uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort())
            .withSsl(tls)
            .withVerifyPeer(SslVerifyMode.FULL)
            .withTimeout(Redis.CONNECT_LIMIT);
    if (uri.getPath().length() > 1) {
      address.withDatabase(Integer.parseInt(uri.getPath().substring(1)));
    }
    if (uri.getRawUserInfo() != null) {
      authenticate(address, uri.getRawUserInfo());
    }
    return address.build();
  }

  private static void authenticate(RedisURI.Builder address, String userAndPassword) {
    String[] parts = userAndPassword.split(":", 2);
    if (parts.length < 2 || parts[1].isEmpty()) {
      throw invalid();
    }
    if (parts[0].isEmpty()) {
      address.withPassword(decoded(parts[1]).toCharArray());
    } else {
      address.withAuthentication(decoded(parts[0]), decoded(parts[1]).toCharArray());
    }
  }

  /** Decodes percent-encoding only; the decoder would also turn a plus sign into a space. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static StartupException invalid() {
    return new StartupException(
        "REDIS_URL is not valid. Expected is redis://HOST, redis://USER:PASSWORD@HOST:PORT/DATABASE, or the same with rediss:// for TLS;"
            + " percent-encode special characters of the password. Leave REDIS_URL empty to run without Redis.");
  }

  /** Leaves the address out, because it may contain a password. */
  @Override
  public String toString() {
    return "RedisSettings[timeout=" + timeout + "]";
  }
}
