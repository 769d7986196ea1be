package io.boxoffice.lab.balancing;

import io.boxoffice.lab.load.Sale;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.LongSupplier;

/** One purchase on a connection of its own from a given address: most buyers of a sale are new. */
final class BuyerConnection {
  private static final int CONNECT_LIMIT_MILLIS = 1_000;
  private static final int ANSWER_LIMIT_MILLIS = 10_000;

  private final URI entrance;
  private final LongSupplier clock;

  /**
   * Connects to an entrance.
   *
   * @param clock microseconds since the begin of the load
   */
  BuyerConnection(URI entrance, LongSupplier clock) {
    this.entrance = entrance;
    this.clock = clock;
  }

  /**
   * Buys a ticket; within about 10 s.
   *
   * @param source an address of this machine
   * @param arrived when the buyer wanted to send it
   */
  Answer buy(String source, Sale sale, long arrived) {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(source, 0));
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
      socket.connect(
          new InetSocketAddress(entrance.getHost(), entrance.getPort()), CONNECT_LIMIT_MILLIS);
      socket.getOutputStream().write(request(sale));
      byte[] answer = socket.getInputStream().readAllBytes();
      return Answer.of(arrived, clock.getAsLong(), answer);
    } catch (SocketTimeoutException slow) {
      return Answer.failed(arrived, clock.getAsLong(), "no-answer");
    } catch (ConnectException refused) {
      return Answer.failed(arrived, clock.getAsLong(), "no-connection");
    } catch (IOException lost) {
      return Answer.failed(arrived, clock.getAsLong(), "connection-lost");
    }
  }

  private byte[] request(Sale sale) {
    String body =
        "{\"email\": \"buyer@example.com\", \"quantity\": 1, \"ticketTypeId\": \"%s\"}"
            .formatted(sale.large().id());
    String head =
        String.join(
            "\r\n",
            "POST /v1/concerts/%s/purchases HTTP/1.1".formatted(sale.concert()),
            "Host: " + entrance.getAuthority(),
            "Connection: close",
            "Content-Type: application/json",
            "Content-Length: " + body.length(),
            "Idempotency-Key: " + UUID.randomUUID(),
            "",
            "");
    return (head + body).getBytes(StandardCharsets.US_ASCII);
  }
}
