package io.boxoffice.partner;

import io.boxoffice.event.EventModule;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.http.client.BoundedClient;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Builds the clients of partners from their settings, and what calls them after a change. */
public final class PartnerModule {
  /** The clients only move bytes and read short JSON, so two threads serve all calls. */
  private static final int THREADS = 2;

  private final FollowUps followUps;
  private final Map<Partner, PartnerClient> clients;

  private PartnerModule(FollowUps followUps, Map<Partner, PartnerClient> clients) {
    this.followUps = followUps;
    this.clients = clients;
  }

  /**
   * Builds the clients and their metrics. The start does not wait for a partner.
   *
   * @param way who calls partners
   * @param events runs the consumers that call partners
   * @throws StartupException when a setting is not secure
   */
  public static PartnerModule install(
      Foundation foundation, Communication way, PartnerSettings settings, EventModule events) {
    settings.requireUsable();
    Map<Partner, URI> addresses = new EnumMap<>(Partner.class);
    for (Partner partner : Partner.values()) {
      settings.base(partner).ifPresent(base -> addresses.put(partner, base));
    }
    Map<Partner, PartnerClient> clients = new EnumMap<>(Partner.class);
    if (!addresses.isEmpty()) {
      PartnerMetrics metrics = new PartnerMetrics(foundation.prometheus(), addresses.keySet());
      BoundedClient http = client(foundation, settings);
      addresses.forEach(
          (partner, base) ->
              clients.put(
                  partner,
                  new PartnerClient(
                      partner,
                      base,
                      settings.token(),
                      http,
                      foundation.environment().getObjectMapper(),
                      metrics,
                      foundation.tracing())));
    }
    return new PartnerModule(
        new FollowUps(way, events::subscribe, foundation.prometheus()), clients);
  }

  private static BoundedClient client(Foundation foundation, PartnerSettings settings) {
    Executor threads =
        foundation
            .environment()
            .lifecycle()
            .executorService("partner-%d")
            .minThreads(THREADS)
            .maxThreads(THREADS)
            .build();
    return new BoundedClient(
        settings.timeLimit().toJavaDuration(), PartnerClient.MOST_BYTES, threads);
  }

  /** What calls partners after a change, for other features. */
  public FollowUps followUps() {
    return followUps;
  }

  /** Returns the client of a partner; empty if the settings name none. */
  public Optional<PartnerClient> client(Partner partner) {
    return Optional.ofNullable(clients.get(partner));
  }
}
