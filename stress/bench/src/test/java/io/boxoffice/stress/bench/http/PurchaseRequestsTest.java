package io.boxoffice.stress.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.bench.sql.TicketTypeRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PurchaseRequestsTest {
  private static final TicketTypeRef FIRST = type();
  private static final TicketTypeRef SECOND = type();

  private final ByteBuffer out = ByteBuffer.allocate(2048);

  @Test
  void takesTheTypesInTurn() {
    PurchaseRequests requests = new PurchaseRequests(List.of(FIRST, SECOND));
    assertThat(next(requests)).contains(FIRST.id().toString());
    assertThat(next(requests)).contains(SECOND.id().toString());
    assertThat(next(requests)).contains(FIRST.id().toString(), FIRST.concertId().toString());
  }

  @Test
  void givesEachRequestAKeyAndABuyerOfItsOwn() {
    PurchaseRequests requests = new PurchaseRequests(List.of(FIRST, SECOND));
    Set<String> keys = new HashSet<>();
    Set<String> buyers = new HashSet<>();
    for (int count = 0; count < 1_000; count++) {
      String request = next(requests);
      keys.add(request.replaceFirst("(?s).*Idempotency-Key: (\\S+).*", "$1"));
      buyers.add(request.replaceFirst("(?s).*\"email\":\"([^\"]+)\".*", "$1"));
    }
    assertThat(keys).hasSize(1_000).allMatch(key -> key.length() == 53);
    assertThat(buyers).hasSize(1_000).contains("buyer-0000000000000999@example.com");
  }

  @Test
  void announcesTheLengthOfItsBody() {
    String request = next(new PurchaseRequests(List.of(FIRST)));
    int body = request.length() - request.indexOf("\r\n\r\n") - 4;
    assertThat(request).contains("Content-Length: " + body + "\r\n");
  }

  @Test
  void takesTheTokensInTurn() {
    PurchaseRequests requests = new PurchaseRequests(List.of(FIRST), List.of("one", "two"));
    assertThat(next(requests)).contains("\r\nAuthorization: Bearer one\r\nContent-Type");
    assertThat(next(requests)).contains("\r\nAuthorization: Bearer two\r\nContent-Type");
    assertThat(next(requests)).contains("Bearer one", FIRST.id().toString());
    assertThat(next(new PurchaseRequests(List.of(FIRST)))).doesNotContain("Authorization");
  }

  @Test
  void aHoldIsTheSameRequestToOrders() {
    TicketTypeRef type = type();
    assertThat(next(PurchaseRequests.holds(List.of(type))))
        .startsWith("POST /v1/concerts/%s/orders HTTP/1.1\r\n".formatted(type.concertId()))
        .contains("\r\nIdempotency-Key: ")
        .contains("\"quantity\":1");
  }

  @Test
  void aPaidOrderIsAHoldWithAPayment() {
    String request = next(PurchaseRequests.paidOrders(List.of(FIRST)));
    String body = request.substring(request.indexOf("\r\n\r\n") + 4);
    assertThat(request)
        .startsWith("POST /v1/concerts/%s/orders HTTP/1.1\r\n".formatted(FIRST.concertId()))
        .contains("\r\nPrefer: wait=30\r\nContent-Type: application/json\r\n")
        .contains("\r\nContent-Length: " + body.length() + "\r\n");
    assertThat(body)
        .endsWith(
            "\"ticketTypeId\":\"%s\",\"payment\":{\"token\":\"tok_ok\"}}".formatted(FIRST.id()));
  }

  @Test
  void readsTakeTheirPathsInTurn() {
    Requests requests = new ReadRequests(List.of("/one", "/two"));
    assertThat(next(requests)).isEqualTo("GET /one HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(next(requests)).startsWith("GET /two ");
    assertThat(next(requests)).startsWith("GET /one ");
  }

  @Test
  void aSignInHasTheLengthOfItsBodyToo() {
    String request = next(new SignInRequests("a quiet lamp"));
    String body = request.substring(request.indexOf("\r\n\r\n") + 4);
    assertThat(body).matches("\\{\"email\":\"[^\"]+@example.com\",\"password\":\"a quiet lamp\"}");
    assertThat(request)
        .startsWith("POST /v1/sessions HTTP/1.1\r\n")
        .contains("\r\nContent-Length: " + body.length() + "\r\n");
  }

  @Test
  void eachSignInHasAnAddressOfItsOwn() {
    Requests requests = new SignInRequests("a quiet lamp");
    assertThat(next(requests)).isNotEqualTo(next(requests));
  }

  private String next(Requests requests) {
    requests.next(out);
    return StandardCharsets.US_ASCII.decode(out).toString();
  }

  private static TicketTypeRef type() {
    return new TicketTypeRef(UUID.randomUUID(), UUID.randomUUID());
  }
}
