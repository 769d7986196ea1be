package io.boxoffice.gate.code;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.ChecksumException;
import com.google.zxing.FormatException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import io.boxoffice.gate.code.format.CodeCheck;
import io.boxoffice.gate.code.format.TicketCode;
import io.boxoffice.gate.code.format.TicketVerifier;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestApplication;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TicketApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private static final String NOTHING = "01900000-0000-7000-8000-000000000000";
  private static final Pattern SIZE = Pattern.compile("viewBox=\"0 0 (\\d+) \\1\"");
  private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\3z");

  private ApiClient api;

  @BeforeEach
  void connect() {
    api = APPLICATION.client();
  }

  private JsonNode bought(int quantity, String... headers) {
    String concert = api.createConcert(10, operator()).path("id").asText();
    return api.buy(concert, quantity, headers).body();
  }

  private static String firstTicket(JsonNode purchase) {
    return "/v1/tickets/" + purchase.at("/ticketIds/0").asText();
  }

  /** A gate that has read the public keys. */
  private TicketVerifier gate() {
    Map<Integer, byte[]> keys = new HashMap<>();
    api.get("/v1/ticket-keys")
        .body()
        .path("keys")
        .forEach(
            key ->
                keys.put(
                    key.path("kid").asInt(),
                    Base64.getUrlDecoder().decode(key.path("x").asText())));
    return TicketVerifier.of(keys);
  }

  private static TicketCode genuine(CodeCheck check) {
    assertThat(check).isInstanceOf(CodeCheck.Genuine.class);
    return ((CodeCheck.Genuine) check).code();
  }

  /** Draws an SVG and reads it as a camera would. */
  private static String scan(String svg) throws ChecksumException, FormatException {
    int size = Integer.parseInt(only(SIZE, svg).group(1));
    BitMatrix modules = new BitMatrix(size - 8);
    for (MatchResult run : RUN.matcher(svg).results().toList()) {
      modules.setRegion(number(run, 1) - 4, number(run, 2) - 4, number(run, 3), 1);
    }
    return new Decoder().decode(modules).getText();
  }

  private static MatchResult only(Pattern pattern, String text) {
    List<MatchResult> found = pattern.matcher(text).results().toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static int number(MatchResult match, int group) {
    return Integer.parseInt(match.group(group));
  }

  @Test
  void aGateAcceptsTheCodeOfATicketWithoutAskingTheShop() {
    JsonNode purchase = bought(1);

    Answer ticket = api.get(firstTicket(purchase));

    TicketCode code = genuine(gate().check(ticket.text("code")));
    assertThat(code.ticketId()).isEqualTo(UUID.fromString(ticket.text("id")));
    assertThat(code.concertId()).isEqualTo(UUID.fromString(purchase.path("concertId").asText()));
  }

  @Test
  void thePublicKeysAreOpenAndHaveNoPrivatePart() {
    Answer keys = api.get("/v1/ticket-keys");

    assertThat(keys.status()).isEqualTo(200);
    assertThat(keys.header("Cache-Control")).isEqualTo("max-age=300");
    JsonNode key = keys.body().at("/keys/0");
    assertThat(key.properties().stream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder("kty", "crv", "use", "alg", "kid", "x");
    assertThat(key.path("kty").asText()).isEqualTo("OKP");
    assertThat(key.path("crv").asText()).isEqualTo("Ed25519");
  }

  @Test
  void theQrCodeHoldsTheCode() throws Exception {
    String ticket = firstTicket(bought(1));

    Answer drawn = api.get(ticket + "/qr");

    assertThat(drawn.status()).isEqualTo(200);
    assertThat(drawn.header("Content-Type")).isEqualTo("image/svg+xml");
    assertThat(drawn.header("Cache-Control")).isEqualTo("no-store");
    assertThat(scan(drawn.raw().body())).isEqualTo(api.get(ticket).text("code"));
    assertThat(drawn.raw().body())
        .contains("role=\"img\"", "<title id=\"title\">QR code of ticket ")
        .contains("viewBox=\"0 0 49 49\"")
        .hasSizeLessThan(12_000);
  }

  @Test
  void anotherRepresentationIsNotAcceptable() {
    String ticket = firstTicket(bought(1));

    Answer image = api.get(ticket + "/qr", "Accept", "image/svg+xml");
    Answer json = api.get(ticket + "/qr", "Accept", "application/json");

    assertThat(image.status()).isEqualTo(200);
    assertThat(json.status()).isEqualTo(406);
    assertThat(json.text("code")).isEqualTo("not-acceptable");
  }

  @Test
  void aCancelledTicketHasNoCode() {
    JsonNode purchase = bought(2);
    String address = "/v1/purchases/" + purchase.path("id").asText();
    api.post(address + "/cancellation", "");

    assertThat(api.get(firstTicket(purchase)).body().has("code")).isFalse();
    Answer drawn = api.get(firstTicket(purchase) + "/qr");
    assertThat(drawn.status()).isEqualTo(409);
    assertThat(drawn.text("code")).isEqualTo("ticket-cancelled");
    assertThat(api.get(address + "/tickets").body().findValues("code")).isEmpty();
  }

  @Test
  void aPurchaseListsItsTicketsWithTheirCodes() {
    JsonNode purchase = bought(3);

    Answer tickets = api.get("/v1/purchases/" + purchase.path("id").asText() + "/tickets");

    TicketVerifier gate = gate();
    assertThat(tickets.body().path("items")).hasSize(3);
    for (int i = 0; i < 3; i++) {
      JsonNode ticket = tickets.body().path("items").get(i);
      assertThat(ticket.path("id")).isEqualTo(purchase.path("ticketIds").get(i));
      assertThat(genuine(gate.check(ticket.path("code").asText())).ticketId())
          .isEqualTo(UUID.fromString(ticket.path("id").asText()));
      assertThat(ticket).isEqualTo(api.get("/v1/tickets/" + ticket.path("id").asText()).body());
    }
  }

  @Test
  void aReceiptHasNoCodesSoThatASaleSignsNothing() {
    assertThat(bought(2).toString()).doesNotContain("BX1:");
  }

  @Test
  void theTicketsOfAnAccountAreShownToItOnly() {
    Person person = Person.signedIn(api);
    JsonNode purchase = bought(1, person.bearer());
    String tickets = "/v1/purchases/" + purchase.path("id").asText() + "/tickets";

    assertThat(api.get(tickets).status()).isEqualTo(404);
    assertThat(api.get(tickets, Person.signedIn(api).bearer()).status()).isEqualTo(404);
    assertThat(api.get(tickets, person.bearer()).status()).isEqualTo(200);
    assertThat(api.get(tickets, operator()).status()).isEqualTo(200);
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    assertThat(api.get("/v1/tickets/" + NOTHING).status()).isEqualTo(404);
    assertThat(api.get("/v1/tickets/" + NOTHING + "/qr").text("code")).isEqualTo("not-found");
    assertThat(api.get("/v1/purchases/" + NOTHING + "/tickets").status()).isEqualTo(404);
  }
}
