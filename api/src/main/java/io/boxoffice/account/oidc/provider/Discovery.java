package io.boxoffice.account.oidc.provider;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the provider's endpoints and keys (OpenID Connect Discovery 1.0, section 4). They are kept
 * for a time. After a failure, the provider has a pause in which every request fails at once.
 */
final class Discovery {
  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

  /** How long the metadata are used without reading them again. */
  static final Duration MAX_AGE = Duration.ofHours(1);

  /** The time between two reads while they fail. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private final URI issuer;
  private final URI address;
  private final ProviderClient client;
  private final Clock clock;
  private ProviderMetadata metadata;
  private ProviderException failure;
  private Instant readNextAt = Instant.EPOCH;

  Discovery(URI issuer, ProviderClient client, Clock clock) {
    this.issuer = issuer;
    this.address =
        URI.create(issuer.toString().replaceFirst("/$", "") + "/.well-known/openid-configuration");
    this.client = client;
    this.clock = clock;
  }

  /** Returns the metadata, which are at most {@link #MAX_AGE} old. */
  synchronized ProviderMetadata metadata() throws ProviderException {
    if (!clock.instant().isBefore(readNextAt)) {
      read();
    }
    if (metadata == null) {
      throw failure;
    }
    return metadata;
  }

  private void read() {
    try {
      metadata = ProviderMetadata.parse(client.get(address).members(), issuer, client);
      if (failure != null) {
        LOG.info("Sign-in by OpenID Connect works again: the identity provider {} answers", issuer);
      }
      failure = null;
      readNextAt = clock.instant().plus(MAX_AGE);
    } catch (ProviderException failed) {
      if (failure == null || !failure.getMessage().equals(failed.getMessage())) {
        LOG.warn(
            "Sign-in by OpenID Connect does not work: the identity provider {} {}. Everything else"
                + " works without it.",
            issuer,
            failed.getMessage());
      }
      metadata = null;
      failure = failed;
      readNextAt = clock.instant().plus(PAUSE);
    }
  }
}
