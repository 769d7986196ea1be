package io.boxoffice.gate.state;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides the scans of a batch one after the other, so that a scan sees the effect of those before
 * it. It is not safe for use by several threads.
 */
public final class Admissions {
  private final Map<UUID, Presence> presences;

  /**
   * Begins with the tickets of a batch.
   *
   * @param presences the state of each ticket that was scanned before; the decisions change it
   */
  public Admissions(Map<UUID, Presence> presences) {
    this.presences = presences;
  }

  /**
   * Decides a scan, and notes its effect.
   *
   * @param ticket the ticket, or empty if there is none with this id
   */
  public Verdict decide(Scan scan, Optional<TicketFacts> ticket, EntryWindow window) {
    Presence presence =
        scan.ticketId() == null
            ? Presence.NEVER
            : presences.getOrDefault(scan.ticketId(), Presence.NEVER);
    Verdict verdict = verdict(scan, ticket, window, presence);
    if (verdict.outcome() != Outcome.REFUSED) {
      presences.put(scan.ticketId(), presence.after(verdict.outcome()));
    }
    return verdict;
  }

  /** Returns the state of a ticket after the decisions. */
  public Presence presence(UUID ticketId) {
    return presences.getOrDefault(ticketId, Presence.NEVER);
  }

  private static Verdict verdict(
      Scan scan, Optional<TicketFacts> ticket, EntryWindow window, Presence presence) {
    if (scan.fault() != null) {
      return Verdict.refused(scan.fault());
    }
    if (ticket.isEmpty()) {
      return Verdict.refused(Reason.UNKNOWN);
    }
    if (!ticket.get().ofThisConcert()) {
      return Verdict.refused(Reason.WRONG_CONCERT);
    }
    return scan.direction() == Direction.IN
        ? entry(scan, ticket.get(), window, presence)
        : exit(presence);
  }

  private static Verdict entry(
      Scan scan, TicketFacts ticket, EntryWindow window, Presence presence) {
    if (ticket.cancelled()) {
      return Verdict.refused(Reason.CANCELLED);
    }
    if (presence.inside() || (presence.entries() > 0 && !window.reEntry())) {
      return Verdict.refused(Reason.ALREADY_ADMITTED);
    }
    if (scan.judgedAt().isBefore(window.opensAt())) {
      return Verdict.refused(Reason.TOO_EARLY);
    }
    return scan.judgedAt().isBefore(window.closesAt())
        ? Verdict.ADMITTED
        : Verdict.refused(Reason.TOO_LATE);
  }

  /** A person may always leave, also with a ticket that was cancelled meanwhile. */
  private static Verdict exit(Presence presence) {
    return presence.inside() ? Verdict.LEFT : Verdict.refused(Reason.NOT_INSIDE);
  }
}
