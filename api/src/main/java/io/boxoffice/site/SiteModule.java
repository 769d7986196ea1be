package io.boxoffice.site;

import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.StartupException;
import io.boxoffice.site.conflict.ConflictResource;
import io.boxoffice.site.conflict.Conflicts;
import io.boxoffice.site.forward.Forwarding;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Builds the parts of this feature: two sites that both sell. A shop of one site has none. */
public final class SiteModule {
  private SiteModule() {}

  /**
   * Checks that the database belongs to this site, registers the resources, and passes requests on
   * to the other site. Call it before the simulation is installed.
   *
   * @throws StartupException when a setting is not valid, or the database belongs to another site
   */
  public static void install(Foundation foundation, SiteSettings settings) {
    settings.requireUsable();
    Jdbi jdbi = foundation.jdbi();
    requireSite(jdbi, settings);
    SiteService sites = new SiteService(jdbi, settings, new HomeMetrics(foundation.prometheus()));
    JerseyEnvironment jersey = foundation.environment().jersey();
    jersey.register(new SiteResource(sites));
    jersey.register(new HomeResource(sites));
    Conflicts conflicts = new Conflicts(jdbi);
    jersey.register(new ConflictResource(conflicts));
    if (settings.isSet()) {
      foundation
          .environment()
          .lifecycle()
          .manage(new RepeatedTask("site", SiteService.PAUSE, sites::follow));
      SiteFigures figures = new SiteFigures(jdbi, conflicts, foundation.prometheus());
      foundation
          .environment()
          .lifecycle()
          .manage(new RepeatedTask("site-figures", SiteFigures.PAUSE, figures::refresh));
    }
    if (settings.isSet() && !settings.peerUrl().isBlank()) {
      Forwarding.install(
          foundation,
          settings.name(),
          settings.peerAddress(),
          settings.timeLimit().toJavaDuration(),
          settings.inFlight());
    }
  }

  private static void requireSite(Jdbi jdbi, SiteSettings settings) {
    Optional<SiteDao.Names> names = jdbi.withExtension(SiteDao.class, SiteDao::names);
    if (!settings.isSet() && names.isPresent()) {
      throw new StartupException(
          "The database belongs to the site '%s' and SITE is empty. Set SITE, PEER_SITE and PEER_URL."
              .formatted(names.get().name()));
    }
    if (settings.isSet()
        && !names.equals(Optional.of(new SiteDao.Names(settings.name(), settings.peer())))) {
      throw new StartupException(
          "The database is not that of the site '%1$s' with the peer '%2$s'. As the owner of its tables, run once: SELECT set_up_site('%1$s', '%2$s')"
              .formatted(settings.name(), settings.peer()));
    }
  }
}
