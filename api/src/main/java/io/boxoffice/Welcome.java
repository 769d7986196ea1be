package io.boxoffice;

import io.boxoffice.concert.Concert;
import io.boxoffice.concert.ConcertService;
import io.dropwizard.lifecycle.ServerLifecycleListener;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Tells the person at the terminal where the service is, and a purchase to paste. */
final class Welcome implements ServerLifecycleListener {
  private final ConcertService concerts;
  private final PrintStream out;

  Welcome(ConcertService concerts, PrintStream out) {
    this.concerts = concerts;
    this.out = out;
  }

  @Override
  public void serverStarted(Server server) {
    int port = portOf(server, "application");
    String url = "http://localhost:" + port;
    out.printf(
        """

          Box Office is open.

            try it      %s/
            contract    %s/openapi.json
            health      %s/health?type=ready
            metrics     http://localhost:%d/metrics

        """,
        url, url, url, portOf(server, "admin"));
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
