package io.boxoffice.platform.http.server;

import java.util.stream.Stream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;

/**
 * The ports that a server listens on. Programs that start a process on free ports (PORT=0) read
 * them from its output.
 *
 * @param application the port of the API
 * @param admin the port of the metrics
 */
public record ListeningPorts(int application, int admin) {

  /** Reads the ports of a server that has started. */
  public static ListeningPorts of(Server server) {
    return new ListeningPorts(portOf(server, "application"), portOf(server, "admin"));
  }

  /** Logs both ports in the form that other programs read. */
  public void report(Logger log) {
    log.info("Listening on port {}, admin port {}", application, admin);
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
