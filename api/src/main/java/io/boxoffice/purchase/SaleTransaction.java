package io.boxoffice.purchase;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.concert.Price;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Sells in one PostgreSQL transaction: locks the stock row, decides, writes the purchase, its key
 * and its tickets, and commits before anybody is told.
 */
public final class SaleTransaction {
  private final Jdbi jdbi;
  private final NoArgGenerator ids;

  /** Sells from the given database; ids must not be guessable, for they are what buyers show. */
  public SaleTransaction(Jdbi jdbi, NoArgGenerator ids) {
    this.jdbi = jdbi;
    this.ids = ids;
  }

  /** Settles one request. When this throws, nothing was written, save for a failed commit. */
  public Verdict settle(PurchaseRequest request) {
    try {
      return jdbi.inTransaction(handle -> settle(handle, request));
    } catch (JdbiException failure) {
      if (!isUniqueViolation(failure)) {
        throw failure;
      }
      // The same key just won at another ticket type; now it can be seen.
      return jdbi.inTransaction(handle -> settle(handle, request));
    }
  }

  private Verdict settle(Handle handle, PurchaseRequest request) {
    PurchaseDao dao = handle.attach(PurchaseDao.class);
    UUID ticketTypeId = request.ticketTypeId();
    if (ticketTypeId == null) {
      List<UUID> types = dao.ticketTypeIds(request.concertId());
      if (types.size() != 1) {
        return types.isEmpty() ? new Verdict.UnknownConcert() : new Verdict.TicketTypeNeeded();
      }
      ticketTypeId = types.get(0);
    }
    Optional<Stock> stock =
        dao.lockStock(ticketTypeId)
            .filter(locked -> locked.concertId().equals(request.concertId()));
    Optional<Verdict> earlier = earlierVerdict(dao, request);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    if (stock.isEmpty()) {
      return dao.ticketTypeIds(request.concertId()).isEmpty()
          ? new Verdict.UnknownConcert()
          : new Verdict.UnknownTicketType();
    }
    Optional<Verdict.Refused> refusal = Settlement.refusal(stock.get(), request);
    return refusal.isPresent() ? refusal.get() : sell(dao, stock.get(), request);
  }

  private static Optional<Verdict> earlierVerdict(PurchaseDao dao, PurchaseRequest request) {
    return request.key() == null
        ? Optional.empty()
        : dao.findByKey(request.key().value())
            .map(
                row ->
                    row.answers(request)
                        ? new Verdict.Replayed(row.toPurchase())
                        : new Verdict.KeyReused());
  }

  private Verdict sell(PurchaseDao dao, Stock stock, PurchaseRequest request) {
    List<UUID> ticketIds =
        Stream.generate(ids::generate).limit(request.quantity()).sorted().toList();
    Purchase purchase =
        new Purchase(
            ids.generate(),
            stock.concertId(),
            stock.ticketTypeId(),
            request.email(),
            request.quantity(),
            new Price(stock.priceAmount(), stock.priceCurrency()).times(request.quantity()),
            Purchase.Status.CONFIRMED,
            ticketIds,
            request.arrivedAt().truncatedTo(ChronoUnit.MICROS),
            null);
    dao.take(stock.ticketTypeId(), request.quantity());
    dao.insert(purchase, request.key() == null ? null : request.key().value());
    dao.insertTickets(purchase.id(), ticketIds.toArray(UUID[]::new));
    return new Verdict.Sold(purchase);
  }

  private static boolean isUniqueViolation(JdbiException failure) {
    return failure.getCause() instanceof PSQLException cause
        && PSQLState.UNIQUE_VIOLATION.getState().equals(cause.getSQLState());
  }
}
