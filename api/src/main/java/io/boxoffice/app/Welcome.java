package io.boxoffice.app;

import io.boxoffice.concert.Concert;
import io.boxoffice.concert.ConcertList;
import io.boxoffice.platform.http.Page;
import io.boxoffice.platform.http.server.ListeningPorts;
import io.dropwizard.lifecycle.ServerLifecycleListener;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.io.PrintStream;
import java.util.UUID;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports that the service is up: one line in the log, and a longer text on the terminal if the
 * setting {@code welcome} is on.
 */
final class Welcome implements ServerLifecycleListener {
  private static final Logger LOG = LoggerFactory.getLogger(BoxOfficeApplication.class);

  private final ConcertList concerts;
  private final boolean interactive;
  private final PrintStream out;

  private Welcome(ConcertList concerts, boolean interactive, PrintStream out) {
    this.concerts = concerts;
    this.interactive = interactive;
    this.out = out;
  }

  /**
   * Reports as soon as the server listens.
   *
   * @param interactive whether to print the longer text
   */
  static void install(LifecycleEnvironment lifecycle, ConcertList concerts, boolean interactive) {
    lifecycle.addServerLifecycleListener(new Welcome(concerts, interactive, System.out));
  }

  @Override
  public void serverStarted(Server server) {
    ListeningPorts ports = ListeningPorts.of(server);
    ports.report(LOG);
    if (interactive) {
      printGreeting(ports.application(), ports.admin());
    }
  }

  private void printGreeting(int port, int adminPort) {
    String url = "http://localhost:" + port;
    out.printf(
        """

          Box Office is open.

            try it      %s/
            contract    %s/openapi.json
            health      %s/health?type=ready
            metrics     http://localhost:%d/metrics
            stop        Ctrl-C

        """,
        url, url, url, adminPort);
    concerts.first(true, Page.MAX_LIMIT).items().stream()
        .filter(concert -> concert.ticketTypes().size() == 1)
        .findFirst()
        .ifPresent(concert -> printPurchaseExample(url, concert));
    out.flush();
  }

  private void printPurchaseExample(String url, Concert concert) {
    out.printf(
        """
          Buy two tickets for "%s":

            curl -i %s/v1/concerts/%s/purchases \\
              -H 'Content-Type: application/json' -H 'Idempotency-Key: %s' \\
              -d '{"email": "ada@example.com", "quantity": 2}'

        """,
        concert.title(), url, concert.id(), UUID.randomUUID());
  }
}
