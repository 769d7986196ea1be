package io.boxoffice.purchase;

import io.boxoffice.event.model.EventType;
import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.platform.auth.Caller;
import io.boxoffice.platform.database.read.ReadResult;
import io.boxoffice.platform.database.read.Reads;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.Page;
import io.boxoffice.purchase.allocation.Purchase;
import io.boxoffice.purchase.desk.SalesMetrics;
import io.boxoffice.purchase.store.PurchaseDao;
import io.boxoffice.purchase.store.PurchaseRow;
import io.boxoffice.purchase.store.Ticket;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads purchases and tickets and cancels purchases, for the resources that serve them. */
public final class PurchaseService {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Jdbi jdbi;
  private final Reads reads;
  private final Clock clock;
  private final SalesMetrics metrics;
  private final Consumer<UUID> stockChanged;
  private final Outbox outbox;

  /**
   * Reads from and writes to the given database.
   *
   * @param reads for the search of operators
   * @param stockChanged receives each concert after its tickets were returned
   * @param outbox publishes each cancellation
   */
  public PurchaseService(
      Jdbi jdbi,
      Reads reads,
      Clock clock,
      SalesMetrics metrics,
      Consumer<UUID> stockChanged,
      Outbox outbox) {
    this.jdbi = jdbi;
    this.reads = reads;
    this.clock = clock;
    this.metrics = metrics;
    this.stockChanged = stockChanged;
    this.outbox = outbox;
  }

  /**
   * Holds a cancelled purchase.
   *
   * @param ticketsReturned 0 when the purchase was cancelled before
   */
  private record Cancelled(PurchaseRow purchase, int ticketsReturned) {}

  /**
   * Reads one purchase.
   *
   * @param caller empty if the request names none
   * @throws ProblemException 404 when there is none with this id, or it belongs to an account that
   *     is not the caller's
   */
  public Purchase get(UUID id, Optional<Caller> caller) {
    return jdbi.withExtension(PurchaseDao.class, dao -> dao.find(id))
        .filter(purchase -> Caller.mayUse(caller, purchase.accountId()))
        .orElseThrow(PurchaseService::notFound)
        .toPurchase();
  }

  /**
   * Reads a page of purchases.
   *
   * @param concertId null for all concerts
   * @param email the whole address, upper or lower case; null for all buyers
   */
  public ReadResult<Page<Purchase>> list(UUID concertId, String email, UUID after, int limit) {
    String criteria =
        (concertId == null ? "" : "p.concert_id = :concertId AND ")
            + (email == null ? "" : "lower(p.email) = lower(:email) AND ");
    return reads
        .read(
            PurchaseDao.class,
            dao -> dao.list(criteria, concertId, email, null, from(after), limit + 1))
        .map(rows -> page(rows, limit));
  }

  /** Reads a page of an account's purchases. */
  public Page<Purchase> listOf(UUID accountId, UUID after, int limit) {
    return page(
        jdbi.withExtension(
            PurchaseDao.class,
            dao ->
                dao.list(
                    "p.account_id = :accountId AND ",
                    null,
                    null,
                    accountId,
                    from(after),
                    limit + 1)),
        limit);
  }

  private static UUID from(UUID after) {
    return Objects.requireNonNullElse(after, BEFORE_ALL);
  }

  private static Page<Purchase> page(List<PurchaseRow> rows, int limit) {
    return Page.cut(rows.stream().map(PurchaseRow::toPurchase).toList(), limit, Purchase::id);
  }

  /**
   * Cancels a purchase and puts its tickets back on sale. Further calls change nothing.
   *
   * @throws ProblemException as {@link #get}; 409 when an order paid for the purchase
   */
  public Purchase cancel(UUID id, Optional<Caller> caller) {
    Cancelled cancelled = jdbi.inTransaction(handle -> cancel(handle, id, caller));
    // After the commit.
    metrics.returned(cancelled.ticketsReturned());
    stockChanged.accept(cancelled.purchase().concertId());
    return cancelled.purchase().toPurchase();
  }

  private Cancelled cancel(Handle handle, UUID id, Optional<Caller> caller) {
    PurchaseDao dao = handle.attach(PurchaseDao.class);
    PurchaseRow purchase =
        dao.find(id)
            .filter(found -> Caller.mayUse(caller, found.accountId()))
            .orElseThrow(PurchaseService::notFound);
    if (purchase.paid()) {
      throw ProblemException.of(
          ProblemCode.PURCHASE_IS_PAID,
          "An order with the same id paid for this purchase; an operator can refund the order.");
    }
    if (purchase.status() == Purchase.Status.CANCELLED) {
      return new Cancelled(purchase, 0);
    }
    // A sale also locks the ticket type first. One order of locks prevents deadlocks.
    dao.lockStock(purchase.ticketTypeId());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    boolean first = dao.cancel(id, now) == 1;
    if (first) {
      dao.putBack(purchase.ticketTypeId(), purchase.quantity());
      outbox.add(
          handle,
          EventType.PURCHASE_CANCELLED,
          id,
          purchase.concertId(),
          now,
          Map.of("ticketTypeId", purchase.ticketTypeId(), "quantity", purchase.quantity()));
    }
    return new Cancelled(dao.find(id).orElseThrow(), first ? purchase.quantity() : 0);
  }

  /**
   * Reads one ticket.
   *
   * @throws ProblemException 404 when there is none with this id
   */
  public Ticket getTicket(UUID id) {
    return jdbi.withExtension(PurchaseDao.class, dao -> dao.findTicket(id))
        .orElseThrow(
            () -> ProblemException.of(ProblemCode.NOT_FOUND, "There is no ticket with this id."));
  }

  /**
   * Reads the tickets of a purchase in the order of their ids.
   *
   * @param caller empty if the request names none
   * @throws ProblemException as {@link #get}
   */
  public List<Ticket> getTickets(UUID id, Optional<Caller> caller) {
    UUID concertId = get(id, caller).concertId();
    return jdbi.withExtension(PurchaseDao.class, dao -> dao.listTickets(concertId, id));
  }

  /**
   * Gives the purchases of a verified address to an account, if they belong to none.
   *
   * @return how many there were
   */
  public int claim(Handle transaction, UUID accountId, String email) {
    return transaction.attach(PurchaseDao.class).claim(accountId, email);
  }

  /**
   * Removes a person from their purchases: those of the account, and those of its address without
   * an account. The purchases stay under one pseudonym, because their tickets are sold.
   */
  public void anonymise(Handle transaction, UUID accountId, String email) {
    transaction
        .attach(PurchaseDao.class)
        .anonymise(accountId, email, "deleted-%s@account.invalid".formatted(UUID.randomUUID()));
  }

  private static ProblemException notFound() {
    return ProblemException.of(ProblemCode.NOT_FOUND, "There is no purchase with this id.");
  }
}
