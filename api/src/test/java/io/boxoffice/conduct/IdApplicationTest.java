package io.boxoffice.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.RawReply;
import io.boxoffice.testing.TestApplication;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks that an id has one form in paths, queries and bodies, and that an empty value is not an
 * absent one.
 */
class IdApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private static Calls calls;

  @BeforeAll
  static void makeCalls() {
    calls = new Calls(APPLICATION);
  }

  /** Other forms of the id that a lenient parser accepts. */
  private static List<String> otherForms(String id) {
    UUID uuid = UUID.fromString(id);
    byte[] octets =
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array();
    return List.of(
        id.substring(1),
        "0" + id,
        "+" + id.substring(1),
        "-" + id.substring(1),
        id.replace("-", ""),
        id.replaceFirst("-.", "-"),
        " " + id,
        id + " ",
        "{" + id + "}",
        "urn:uuid:" + id,
        withArabicDigit(id),
        id + "\u0000",
        Base64.getEncoder().encodeToString(octets),
        "   ",
        "null");
  }

  /** The first digit in another script: the same number to {@link Character#digit}. */
  private static String withArabicDigit(String id) {
    int at = 0;
    while (id.charAt(at) > '9' || id.charAt(at) < '0') {
      at++;
    }
    return id.substring(0, at) + (char) ('\u0660' + id.charAt(at) - '0') + id.substring(at + 1);
  }

  private static String idOf(Call call) {
    List<String> template = List.of(call.template().split("/", -1));
    String parameter =
        template.stream().filter(part -> part.endsWith("Id}")).findFirst().orElseThrow();
    return call.path().split("/", -1)[template.indexOf(parameter)];
  }

  @Test
  void anIdInAPathHasOneForm() {
    for (Call call : calls.ofApplication().filter(one -> one.template().contains("Id}")).toList()) {
      String id = idOf(call);
      for (String form : otherForms(id)) {
        RawReply reply =
            call.send(call.with(call.path().replace(id, encode(form)), "", call.body()));
        assertThat(reply.status()).as("%s with %s: %s", call, form, reply.body()).isIn(400, 404);
      }
      for (String form : List.of(id.substring(1), "+" + id.substring(1), "0" + id)) {
        RawReply reply = call.send(call.with(call.path().replace(id, form), "", call.body()));
        assertThat(reply.status()).as("%s with %s: %s", call, form, reply.body()).isEqualTo(404);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/concerts,after",
    "/v1/purchases,after",
    "/v1/purchases,concertId",
    "/v1/dead-letters,after",
    "/v1/ledger-differences,after",
    "/v1/conflicts,after",
    "/v1/mails,after",
    "/v1/sessions,after",
    "/v1/accounts/me/purchases,after",
    "/v1/accounts/me/orders,after",
    "/v1/accounts/me/identities,after",
  })
  void anIdInAQueryHasOneForm(String template, String parameter) {
    Call call = calls.call("GET", template);
    for (String form : otherForms(calls.concertId())) {
      assertInvalid(
          call.send(call.with(template + "?" + parameter + "=" + encode(form), "", null)),
          parameter);
    }
    assertThat(
            call.send(call.with(template + "?" + parameter + "=" + calls.concertId(), "", null))
                .status())
        .isEqualTo(200);
  }

  @Test
  void anIdInABodyHasOneForm() {
    Call buy = calls.call("POST", "/v1/concerts/{concertId}/purchases");
    Call change = calls.call("PATCH", "/v1/concerts/{concertId}");
    int sold = calls.sold();
    for (String form :
        Stream.concat(otherForms(calls.ticketTypeId()).stream(), Stream.of("")).toList()) {
      String id = form.replace("\u0000", "\\u0000").replace("\u0660", "\\u0660");
      assertInvalid(
          buy.send(
              buy.with(
                  buy.path(),
                  "",
                  "{\"email\": \"ada@example.com\", \"quantity\": 1, \"ticketTypeId\": \"%s\"}"
                      .formatted(id))),
          "ticketTypeId");
      assertInvalid(
          change.send(
              change.with(
                  change.path(),
                  "",
                  "{\"ticketTypes\": [{\"id\": \"%s\", \"capacity\": 1000}]}".formatted(id))),
          "ticketTypes[0].id");
    }
    assertThat(calls.sold()).isEqualTo(sold);
  }

  @Test
  void theDigitsOfAnIdMayBeUpperCase() {
    Call call = calls.call("GET", "/v1/concerts/{concertId}");
    assertThat(
            call.send(
                    call.with(
                        "/v1/concerts/" + calls.concertId().toUpperCase(Locale.ROOT), "", null))
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/concerts,limit",
    "/v1/concerts,after",
    "/v1/concerts,onSale",
    "/v1/purchases,limit",
    "/v1/purchases,after",
    "/v1/purchases,concertId",
    "/v1/purchases,email",
    "/v1/dead-letters,limit",
    "/v1/ledger-differences,limit",
    "/v1/conflicts,limit",
    "/v1/mails,limit",
    "/v1/dead-letters,after",
    "/v1/ledger-differences,after",
    "/v1/conflicts,after",
    "/v1/mails,after",
    "/v1/mails,recipient",
    "/v1/accounts/me/identities,limit",
    "/v1/sessions,limit",
    "/v1/accounts/me/purchases,limit",
    "/v1/sessions,after",
    "/v1/accounts/me/purchases,after",
    "/v1/accounts/me/orders,after",
    "/v1/accounts/me/identities,after",
    "/v1/simulation/history,limit",
    "/v1/simulation/history,before",
    "/v1/simulation/preview,profile",
  })
  void anEmptyParameterIsNotAnAbsentOne(String template, String parameter) {
    Call call = calls.call("GET", template);
    for (String query : List.of(parameter + "=", parameter, parameter + "=%20")) {
      assertInvalid(call.send(call.with(template + "?" + query, "", null)), parameter);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/concerts,limit",
    "/v1/purchases,limit",
    "/v1/dead-letters,limit",
    "/v1/ledger-differences,limit",
    "/v1/conflicts,limit",
    "/v1/mails,limit",
    "/v1/accounts/me/identities,limit",
    "/v1/sessions,limit",
    "/v1/accounts/me/purchases,limit",
    "/v1/simulation/history,limit",
    "/v1/simulation/history,before",
  })
  void aNumberHasOneForm(String template, String parameter) {
    Call call = calls.call("GET", template);
    for (String form : List.of("+5", "05", " 5", "5 ", "5.0", "5e0", "0x5", "\u0665")) {
      assertInvalid(
          call.send(call.with(template + "?" + parameter + "=" + encode(form), "", null)),
          parameter);
    }
  }

  @Test
  void anUndecodableQueryIsRejectedOnBothPorts() {
    for (Call call : calls.all().filter(Call::isRead).toList()) {
      for (String query : List.of("a=%ff", "a=%zz", "a=%c0%af", "a=%")) {
        assertThat(call.send(call.with(call.path() + "?" + query, "", null)).status())
            .as("%s with %s", call, query)
            .isEqualTo(400);
      }
    }
  }

  private static void assertInvalid(RawReply reply, String field) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(422);
    assertThat(reply.json().path("errors").findValuesAsText("field")).contains(field);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
