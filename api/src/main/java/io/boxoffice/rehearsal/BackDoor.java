package io.boxoffice.rehearsal;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * A way into the application that has no socket, so that nobody else can take it: a server in
 * memory, without a request log, which hands what it has parsed to the handlers of the real one.
 */
final class BackDoor implements AutoCloseable {
  private static final long ANSWER_SECONDS = 30;

  private final Server memory = new Server();
  private final LocalConnector connector = new LocalConnector(memory);

  BackDoor(Server application) throws Exception {
    // The handlers tell the application from the admin port by the connector of a request.
    Connector front = application.getConnectors()[0];
    memory.addConnector(connector);
    memory.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            request.setAttribute(Rehearsal.ATTRIBUTE, true);
            return application
                .getHandler()
                .handle(new AtTheFront(request, front), response, callback);
          }
        });
    memory.start();
  }

  /** One kept-alive connection. */
  LocalConnector.LocalEndPoint connect() {
    return connector.connect();
  }

  /**
   * Sends a request to buy one ticket.
   *
   * @return the answer's first line, such as {@code HTTP/1.1 201 Created}
   */
  static String buy(LocalConnector.LocalEndPoint connection, String path, long number)
      throws Exception {
    String body = "{\"email\":\"rehearsal-%d@example.com\",\"quantity\":1}".formatted(number);
    connection.addInput(
        """
        POST %s HTTP/1.1\r
        Host: localhost\r
        Content-Type: application/json\r
        Content-Length: %d\r
        Idempotency-Key: rehearsal-%d\r
        \r
        %s"""
            .formatted(path, body.length(), number, body));
    String answer = connection.getResponse(false, ANSWER_SECONDS, TimeUnit.SECONDS);
    return answer == null ? "no answer" : answer.lines().findFirst().orElse("");
  }

  @Override
  public void close() throws Exception {
    memory.stop();
  }

  /** A request that seems to have come through the application's own connector. */
  private static final class AtTheFront extends Request.Wrapper {
    private final ConnectionMetaData connection;

    AtTheFront(Request request, Connector front) {
      super(request);
      this.connection =
          new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
            @Override
            public Connector getConnector() {
              return front;
            }
          };
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
      return connection;
    }
  }
}
