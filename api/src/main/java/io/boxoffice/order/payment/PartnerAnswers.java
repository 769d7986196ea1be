package io.boxoffice.order.payment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.error.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Decides what an answer of the partner means. An answer counts only if it is complete and belongs
 * to the call; every other one leaves open what the partner did. Texts of the partner never become
 * part of a message, because they may repeat the token.
 */
final class PartnerAnswers {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;

  /** The form of ISO 4217, which the database checks too. */
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  private final ObjectMapper json;

  /** Reads with the given mapper, which must be strict. */
  PartnerAnswers(ObjectMapper json) {
    this.json = json;
  }

  /** Reads the answer to a charge: 201, or 200 if the same charge was made before. */
  PaymentReply<Charge> charge(ChargeRequest request, int status, byte[] body) {
    if (status == UNPROCESSABLE && "unknown-token".equals(problemCode(body))) {
      return PaymentReply.failed(
          PaymentOutcome.REFUSED,
          ProblemException.invalid("token", "must be a token that the payment partner knows"));
    }
    if (status != OK && status != CREATED) {
      return unusable(status);
    }
    try {
      PartnerCharge charge = json.readValue(body, PartnerCharge.class);
      if (charge == null) {
        return unreadable(status);
      }
      Charge made = charge.toCharge();
      if (!charge.answers(request)) {
        return PaymentReply.unknown("The partner answered with another charge.");
      }
      return PaymentReply.of(
          made.status() == Charge.Status.SUCCEEDED
              ? PaymentOutcome.SUCCEEDED
              : PaymentOutcome.DECLINED,
          made);
    } catch (IOException | IllegalArgumentException anotherForm) {
      return unreadable(status);
    }
  }

  /** Reads the answer to a refund: 201, or 200 if the same refund was made before. */
  PaymentReply<Refund> refund(String chargeId, int status, byte[] body) {
    if (status != OK && status != CREATED) {
      return unusable(status);
    }
    try {
      PartnerRefund refund = json.readValue(body, PartnerRefund.class);
      return refund == null
          ? unreadable(status)
          : PaymentReply.of(PaymentOutcome.SUCCEEDED, refund.of(chargeId));
    } catch (IOException | IllegalArgumentException anotherForm) {
      return unreadable(status);
    }
  }

  /** A page of the ledger as the partner writes it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record WrittenPage(List<WrittenEntry> items, String next) {}

  /** A charge of the ledger; {@link PartnerCharge} describes the members. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record WrittenEntry(
      String id,
      UUID reference,
      Long amount,
      String currency,
      String status,
      PartnerRefund refund,
      Instant createdAt) {

    PartnerLedger.Entry toEntry() {
      Charge charge =
          new PartnerCharge(id, reference, amount, currency, status, null, refund).toCharge();
      if (createdAt == null || !CURRENCY.matcher(currency).matches()) {
        throw new IllegalArgumentException("createdAt is missing, or currency has another form");
      }
      return new PartnerLedger.Entry(
          id,
          reference,
          amount,
          currency,
          charge.status() == Charge.Status.SUCCEEDED,
          charge.refunded(),
          createdAt);
    }
  }

  /** Reads a page of the ledger. One entry of another form makes the whole page unusable. */
  PaymentReply<PartnerLedger.Page> ledger(int status, byte[] body) {
    if (status == NOT_FOUND) {
      return PaymentReply.failed(PaymentOutcome.REFUSED, new PartnerLedger.MissingException());
    }
    if (status != OK) {
      return unusable(status);
    }
    try {
      WrittenPage page = json.readValue(body, WrittenPage.class);
      if (page == null || page.items() == null || page.items().contains(null)) {
        return unreadable(status);
      }
      List<PartnerLedger.Entry> entries = page.items().stream().map(WrittenEntry::toEntry).toList();
      return entries.isEmpty() && page.next() != null
          ? PaymentReply.unknown("The partner answered with an empty page that is not the last.")
          : PaymentReply.of(PaymentOutcome.SUCCEEDED, new PartnerLedger.Page(entries, page.next()));
    } catch (IOException | IllegalArgumentException anotherForm) {
      return unreadable(status);
    }
  }

  private static <T> PaymentReply<T> unusable(int status) {
    if (status == CONFLICT) {
      return PaymentReply.failed(
          PaymentOutcome.IN_PROGRESS,
          new PaymentUnknownException("The partner works on the same call already."));
    }
    return PaymentReply.unknown("The partner answered %d.".formatted(status));
  }

  private static <T> PaymentReply<T> unreadable(int status) {
    return PaymentReply.unknown(
        "The partner answered %d with a body that cannot be read.".formatted(status));
  }

  private String problemCode(byte[] body) {
    try {
      JsonNode problem = json.readTree(body);
      return problem.path("code").asText();
    } catch (IOException notJson) {
      return "";
    }
  }
}
