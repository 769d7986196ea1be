package io.boxoffice.partners.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Adds up the purchases of a concert and chains their tickets: the work of a report. */
final class StatementWriter {
  private final Report report;
  private final long mostTickets;
  private final HashChain chain;
  private final Map<String, Long> revenue = new TreeMap<>();
  private long purchases;
  private long tickets;
  private long cancelledTickets;

  /** Begins the statement of a report. */
  StatementWriter(Report report, long mostTickets) {
    this.report = report;
    this.mostTickets = mostTickets;
    this.chain = new HashChain(report.concertId(), report.rounds());
  }

  /**
   * Adds a purchase with its tickets.
   *
   * @throws IllegalStateException for too many tickets, or for something other than a purchase
   */
  void add(JsonNode purchase) {
    UUID id = uuid(purchase.path("id"));
    UUID ticketType = uuid(purchase.path("ticketTypeId"));
    String status = purchase.path("status").asText();
    if (!status.matches("[A-Z]{1,20}")) {
      throw new IllegalStateException("the shop sent a purchase without a status");
    }
    purchases++;
    if (status.equals("CONFIRMED")) {
      revenue.merge(
          purchase.path("total").path("currency").asText(),
          purchase.path("total").path("amount").asLong(),
          Math::addExact);
    } else {
      cancelledTickets += purchase.path("ticketIds").size();
    }
    for (JsonNode ticket : purchase.path("ticketIds")) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("the partner stops");
      }
      if (++tickets > mostTickets) {
        throw new IllegalStateException(
            "the concert has more than %d tickets".formatted(mostTickets));
      }
      chain.add("%s %s %s %s".formatted(uuid(ticket), id, ticketType, status));
    }
  }

  private static UUID uuid(JsonNode text) {
    try {
      return UUID.fromString(text.asText());
    } catch (IllegalArgumentException other) {
      throw new IllegalStateException("the shop sent something other than an id", other);
    }
  }

  /** Returns the statement. */
  Statement end(Instant now) {
    List<Statement.Revenue> amounts =
        revenue.entrySet().stream()
            .map(amount -> new Statement.Revenue(amount.getKey(), amount.getValue()))
            .toList();
    return new Statement(
        report.id(),
        now.getEpochSecond(),
        report.concertId(),
        report.rounds(),
        purchases,
        tickets,
        cancelledTickets,
        amounts,
        chain.last());
  }
}
