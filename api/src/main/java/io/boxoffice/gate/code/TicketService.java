package io.boxoffice.gate.code;

import io.boxoffice.platform.auth.Caller;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.purchase.PurchaseService;
import io.boxoffice.purchase.store.Ticket;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads tickets and gives those that are valid their codes. */
final class TicketService {
  private final PurchaseService purchases;
  private final TicketCodes codes;

  TicketService(PurchaseService purchases, TicketCodes codes) {
    this.purchases = purchases;
    this.codes = codes;
  }

  /**
   * Reads one ticket.
   *
   * @throws ProblemException 404 when there is none with this id
   */
  CodedTicket get(UUID id) {
    return withCode(purchases.getTicket(id));
  }

  /**
   * Reads the tickets of a purchase, 100 at most.
   *
   * @param caller empty if the request names none
   * @throws ProblemException 404 when there is none with this id, or it belongs to an account that
   *     is not the caller's
   */
  List<CodedTicket> ofPurchase(UUID purchaseId, Optional<Caller> caller) {
    return purchases.getTickets(purchaseId, caller).stream().map(this::withCode).toList();
  }

  /**
   * Draws the code of one ticket.
   *
   * @throws ProblemException as {@link #get}; 409 when the ticket is cancelled
   */
  String draw(UUID id) {
    CodedTicket ticket = get(id);
    if (ticket.code() == null) {
      throw ProblemException.of(ProblemCode.TICKET_CANCELLED, "A cancelled ticket has no code.");
    }
    return QrCode.svg(ticket.code(), "QR code of ticket " + id);
  }

  private CodedTicket withCode(Ticket ticket) {
    return CodedTicket.of(
        ticket,
        ticket.status() == Ticket.Status.VALID
            ? codes.codeOf(ticket.id(), ticket.concertId())
            : null);
  }
}
