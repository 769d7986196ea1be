package io.boxoffice.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.TestApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ContractApplicationTest {
  @RegisterExtension private static final TestApplication APPLICATION = TestApplication.shipped();

  private ApiClient api;

  @BeforeEach
  void connect() {
    api = APPLICATION.client();
  }

  @Test
  void theContractListsEveryCall() {
    JsonNode contract = api.get("/openapi.json").body();
    List<String> calls = new ArrayList<>();
    contract
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> calls.add(method + " " + path.getKey())));
    assertThat(calls)
        .containsExactlyInAnyOrder(
            "get /v1/concerts",
            "post /v1/concerts",
            "get /v1/concerts/{concertId}",
            "patch /v1/concerts/{concertId}",
            "delete /v1/concerts/{concertId}",
            "post /v1/concerts/{concertId}/purchases",
            "get /v1/concerts/{concertId}/cancellation",
            "post /v1/concerts/{concertId}/cancellation",
            "post /v1/concerts/{concertId}/orders",
            "get /v1/orders/{orderId}",
            "delete /v1/orders/{orderId}",
            "post /v1/orders/{orderId}/payment",
            "post /v1/orders/{orderId}/refund",
            "get /v1/purchases",
            "get /v1/purchases/{purchaseId}",
            "post /v1/purchases/{purchaseId}/cancellation",
            "get /v1/purchases/{purchaseId}/tickets",
            "get /v1/tickets/{ticketId}",
            "get /v1/tickets/{ticketId}/qr",
            "get /v1/ticket-keys",
            "get /v1/gates",
            "get /v1/gates/{gate}",
            "put /v1/gates/{gate}",
            "post /v1/gates/{gate}/skip",
            "post /v1/scans",
            "get /v1/scan-conflicts",
            "get /v1/concerts/{concertId}/attendance",
            "get /v1/concerts/{concertId}/entry",
            "put /v1/concerts/{concertId}/entry",
            "post /v1/accounts",
            "post /v1/account-verifications",
            "post /v1/password-resets",
            "post /v1/password-resets/confirmation",
            "get /v1/accounts/me",
            "patch /v1/accounts/me",
            "delete /v1/accounts/me",
            "put /v1/accounts/me/password",
            "post /v1/accounts/me/email-changes",
            "post /v1/accounts/me/email-changes/confirmation",
            "get /v1/accounts/me/export",
            "get /v1/accounts/me/purchases",
            "get /v1/accounts/me/orders",
            "post /v1/accounts/me/totp",
            "delete /v1/accounts/me/totp",
            "post /v1/accounts/me/totp/confirmation",
            "post /v1/accounts/me/purchase-claims",
            "get /v1/accounts/me/identities",
            "post /v1/accounts/me/identities",
            "delete /v1/accounts/me/identities/{identityId}",
            "get /v1/accounts/{accountId}",
            "patch /v1/accounts/{accountId}",
            "post /v1/identity-sign-ins",
            "post /v1/identity-sign-ins/{signInId}/completion",
            "post /v1/sessions",
            "get /v1/sessions",
            "delete /v1/sessions",
            "delete /v1/sessions/{sessionId}",
            "post /v1/sessions/refresh",
            "get /.well-known/jwks.json",
            "get /v1/dead-letters",
            "delete /v1/dead-letters/{deadLetterId}",
            "post /v1/dead-letters/{deadLetterId}/replay",
            "get /v1/ledger-differences",
            "get /v1/conflicts",
            "post /v1/sites/{site}/take-over",
            "post /v1/sites/{site}/rejoin",
            "post /v1/concerts/{concertId}/home",
            "post /v1/page-views",
            "get /v1/reports",
            "post /v1/reports",
            "get /v1/reports/{reportId}",
            "get /v1/mails",
            "get /v1/simulation",
            "put /v1/simulation",
            "get /v1/simulation/preview",
            "post /v1/partner-callbacks/payment",
            "post /v1/simulation/preview",
            "get /v1/simulation/history",
            "get /problems",
            "get /problems/{code}");
  }

  @Test
  void everyReferenceInTheContractResolves() {
    JsonNode contract = api.get("/openapi.json").body();
    List<String> references = contract.findValuesAsText("$ref");
    assertThat(references).isNotEmpty();
    assertThat(references)
        .allSatisfy(
            reference ->
                assertThat(contract.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
  }

  @Test
  void theContractHasTheLimitsOfEachField() {
    JsonNode schemas = api.get("/openapi.json").body().path("components").path("schemas");
    JsonNode purchase = schemas.path("NewPurchase");
    assertThat(purchase.path("required").toString()).contains("email", "quantity");
    assertThat(purchase.path("properties").path("quantity").path("minimum").asInt()).isEqualTo(1);
    assertThat(purchase.path("properties").path("email").path("maxLength").asInt()).isEqualTo(254);
  }

  @Test
  void theContractIsServedAsYamlToo() {
    assertThat(api.get("/openapi.yaml").raw().body()).startsWith("openapi: 3.1");
  }

  @Test
  void theServiceServesEverythingThatThePageLoads() {
    Answer page = api.get("/");
    assertThat(page.header("Content-Type")).startsWith("text/html");
    Matcher links = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.raw().body());
    List<String> loaded = new ArrayList<>();
    while (links.find()) {
      loaded.add(links.group(1));
    }
    assertThat(loaded).hasSizeGreaterThanOrEqualTo(5);
    assertThat(loaded)
        .allSatisfy(
            address -> {
              assertThat(address).startsWith("/");
              assertThat(api.get(address).status()).as(address).isEqualTo(200);
            });
  }

  @Test
  void everyResponseHasTheSecurityHeaders() {
    for (String path :
        List.of(
            "/", "/openapi.json", "/v1/concerts", "/nope", "/health", "/page/page.js", "/page")) {
      Answer answer = api.get(path);
      assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
      assertThat(answer.header("Referrer-Policy")).as(path).isEqualTo("no-referrer");
      assertThat(answer.header("Content-Security-Policy"))
          .as(path)
          .contains("default-src 'none'")
          .doesNotContain("unsafe-inline");
      assertThat(answer.header("X-Request-Id")).as(path).isNotEmpty();
    }
  }

  @Test
  void aSafeRequestIdIsKeptAndAnyOtherReplaced() {
    assertThat(api.get("/v1/concerts", "X-Request-Id", "mine-1").header("X-Request-Id"))
        .isEqualTo("mine-1");
    for (String harmful : List.of("a b", "x".repeat(129), "ada@example.com", "<script>")) {
      assertThat(api.get("/v1/concerts", "X-Request-Id", harmful).header("X-Request-Id"))
          .isNotEqualTo(harmful)
          .isNotEmpty();
    }
  }

  @Test
  void everyProblemIsExplainedAtItsType() {
    JsonNode all = api.get("/problems").body();
    assertThat(all).hasSizeGreaterThan(20);
    for (JsonNode problem : all) {
      assertThat(api.get("/problems/" + problem.path("code").asText()).body()).isEqualTo(problem);
      assertThat(problem.path("advice").asText()).isNotEmpty();
    }
  }

  @Test
  void healthReportsReadyAndAlive() {
    assertThat(api.get("/health?type=alive").status()).isEqualTo(200);
    assertThat(api.get("/health?type=ready&name=postgresql").raw().body()).contains("postgresql");
  }
}
