package io.boxoffice.stress.gates.plan;

import io.boxoffice.stress.gates.device.Arrival;
import io.boxoffice.stress.gates.ledger.Entry;
import io.boxoffice.stress.gates.ledger.Kind;
import io.boxoffice.stress.gates.ledger.Result;
import io.boxoffice.stress.gates.ledger.Showing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Chooses what each person shows. Most have a ticket of their own. Of a hundred, about three have a
 * forged code, three a ticket of another concert, three a cancelled one, six one that was shown
 * before, and three leave. Some tickets are shown at two gates at the same moment, more of them at
 * gates without network. One thread calls {@link #next}.
 */
public final class Visitors {
  private static final int LEAVER = 15;
  private static final int REMEMBERED = 1_000;
  private static final int TRIES = 50;

  private final Tickets tickets;
  private final OfflinePlan plan;
  private final int gates;
  private final SplittableRandom random;
  private final Forger forger;
  private final Set<UUID> leaving = new HashSet<>();
  private final Queue<Showing> inside = new ConcurrentLinkedQueue<>();
  private final List<Ticket> shown = new ArrayList<>();
  private int next;

  /**
   * Begins with all tickets unused.
   *
   * @param gates 1 or more
   */
  public Visitors(Tickets tickets, OfflinePlan plan, int gates, long seed) {
    this.tickets = tickets;
    this.plan = plan;
    this.gates = gates;
    this.random = new SplittableRandom(seed);
    this.forger = new Forger(random.split());
    for (int i = 0; i < tickets.valid().size(); i += LEAVER) {
      leaving.add(tickets.valid().get(i).id());
    }
  }

  /** Notes a result: a person that is inside may leave later. Any thread may call it. */
  public void answered(Entry entry) {
    Showing showing = entry.scan().showing();
    if (entry.result().is(Result.ADMITTED) && leaving.contains(showing.ticketId())) {
      inside.add(showing.leaving());
    }
  }

  /**
   * The persons that arrive at a moment: one, or two with the same ticket at two gates.
   *
   * @param nanos since the begin of the run
   */
  public List<Arrival> next(long nanos) {
    int gate = random.nextInt(gates);
    int dice = random.nextInt(100);
    if (dice < 3) {
      String code = any(tickets.valid()).code();
      return one(gate, nanos, Showing.inwards(Kind.FORGED, null, forger.forge(code)));
    }
    if (dice < 6) {
      return one(gate, nanos, inwards(Kind.OTHER_CONCERT, any(tickets.ofOtherConcert())));
    }
    if (dice < 9) {
      return one(gate, nanos, inwards(Kind.CANCELLED, any(tickets.cancelled())));
    }
    if (dice < 12 && !inside.isEmpty()) {
      return one(gate, nanos, inside.remove());
    }
    if ((dice < 18 && !shown.isEmpty()) || next == tickets.valid().size()) {
      return one(gate, nanos, inwards(Kind.VALID, any(shown)));
    }
    return newTicket(gate, nanos);
  }

  private List<Arrival> newTicket(int gate, long nanos) {
    Ticket ticket = tickets.valid().get(next++);
    Showing showing = inwards(Kind.VALID, ticket);
    if (leaving.contains(ticket.id())) {
      return one(gate, nanos, showing);
    }
    if (shown.size() < REMEMBERED) {
      shown.add(ticket);
    } else {
      shown.set(random.nextInt(REMEMBERED), ticket);
    }
    boolean offline = plan.isOffline(gate, nanos);
    if (gates == 1 || random.nextInt(100) >= (offline ? 20 : 2)) {
      return one(gate, nanos, showing);
    }
    return List.of(
        new Arrival(gate, showing, nanos),
        new Arrival(otherGate(gate, offline, nanos), showing, nanos));
  }

  /** Another gate, which has no network either if there is one. */
  private int otherGate(int gate, boolean offline, long nanos) {
    int other = gate;
    for (int i = 0; i < TRIES && (other == gate || plan.isOffline(other, nanos) != offline); i++) {
      other = random.nextInt(gates);
    }
    return other == gate ? (gate + 1) % gates : other;
  }

  private static List<Arrival> one(int gate, long nanos, Showing showing) {
    return List.of(new Arrival(gate, showing, nanos));
  }

  private static Showing inwards(Kind kind, Ticket ticket) {
    return Showing.inwards(kind, ticket.id(), ticket.code());
  }

  private Ticket any(List<Ticket> of) {
    return of.get(random.nextInt(of.size()));
  }
}
