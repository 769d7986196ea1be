package io.boxoffice;

import io.boxoffice.concert.Concert;
import io.boxoffice.concert.ConcertService;
import io.dropwizard.lifecycle.ServerLifecycleListener;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that the service is up: one line to the log, and more to a person at the terminal. */
final class Welcome implements ServerLifecycleListener {
  private static final Logger LOG = LoggerFactory.getLogger(BoxOfficeApplication.class);

  private final ConcertService concerts;
  private final boolean person;
  private final PrintStream out;

  /** Greets on the given stream if a person is there. */
  Welcome(ConcertService concerts, boolean person, PrintStream out) {
    this.concerts = concerts;
    this.person = person;
    this.out = out;
  }

  @Override
  public void serverStarted(Server server) {
    int port = portOf(server, "application");
    int adminPort = portOf(server, "admin");
    LOG.info("Listening on port {}, admin port {}", port, adminPort);
    if (person) {
      greet(port, adminPort);
    }
  }

  private void greet(int port, int adminPort) {
    String url = "http://localhost:" + port;
    out.printf(
        """

          Box Office is open.

            try it      %s/
            contract    %s/openapi.json
            health      %s/health?type=ready
            metrics     http://localhost:%d/metrics

        """,
        url, url, url, adminPort);
    List<Concert> onSale = concerts.list(null, true, 1).items();
    for (Concert concert : onSale) {
      out.printf(
          """
            Buy two tickets of "%s":

          curl -i %s/v1/concerts/%s/purchases -H 'Content-Type: application/json' \\
            -H 'Idempotency-Key: order-1' -d '{"email": "ada@example.com", "quantity": 2, "ticketTypeId": "%s"}'

            Ctrl-C stops it.

          """,
          concert.title(), url, concert.id(), concert.ticketTypes().get(0).id());
    }
    out.flush();
  }

  private static int portOf(Server server, String connector) {
    return Stream.of(server.getConnectors())
        .filter(candidate -> connector.equals(candidate.getName()))
        .map(ServerConnector.class::cast)
        .mapToInt(ServerConnector::getLocalPort)
        .findFirst()
        .orElse(0);
  }
}
