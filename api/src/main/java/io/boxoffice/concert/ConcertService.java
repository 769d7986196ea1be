package io.boxoffice.concert;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.concert.ConcertEvents.Change;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.platform.error.FieldError;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Creates, changes, deletes and reads concerts in database transactions. Every transaction takes
 * locks in the same order, so that there is no deadlock: ticket types by id, then the concert. A
 * sale locks ticket types only.
 */
public final class ConcertService {
  private static final int DEFAULT_MAX_PER_PURCHASE = 10;

  private final Jdbi jdbi;
  private final Clock clock;
  private final NoArgGenerator ids;
  private final ConcertEvents events;

  /**
   * Uses the given database.
   *
   * @param ids increase in the order of creation (UUID version 7)
   * @param outbox publishes each change
   */
  public ConcertService(Jdbi jdbi, Clock clock, NoArgGenerator ids, Outbox outbox) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.ids = ids;
    this.events = new ConcertEvents(outbox, clock);
  }

  /** A concert after its change, and the event that says so. */
  public record Changed(Concert concert, Event event) {}

  /**
   * Creates a concert.
   *
   * @throws ProblemException 422 with every field that contradicts another one
   */
  public Changed create(NewConcert asked) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID id = ids.generate();
    ConcertRow concert =
        new ConcertRow(
            id,
            asked.title(),
            asked.artist(),
            asked.venue(),
            asked.startsAt(),
            Objects.requireNonNullElse(asked.salesOpenAt(), now),
            asked.salesCloseAt(),
            Objects.requireNonNullElse(asked.maxPerPurchase(), DEFAULT_MAX_PER_PURCHASE),
            now,
            null,
            1);
    List<FieldError> errors = new ArrayList<>(timeErrors(concert, now));
    errors.addAll(nameErrors(asked.ticketTypes()));
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    List<TicketTypeRow> types = new ArrayList<>();
    for (NewConcert.NewTicketType type : asked.ticketTypes()) {
      types.add(
          new TicketTypeRow(
              ids.generate(),
              id,
              types.size(),
              type.name(),
              type.price().amount(),
              type.price().currency(),
              type.capacity(),
              type.capacity()));
    }
    Event event =
        jdbi.inTransaction(
            handle -> {
              ConcertDao dao = handle.attach(ConcertDao.class);
              dao.insert(concert);
              dao.insert(types);
              return events.publish(handle, concert, Change.CREATED, concert.version());
            });
    return new Changed(
        concert.with(types.stream().map(TicketTypeRow::toTicketType).toList()), event);
  }

  /**
   * Reads one concert.
   *
   * @throws ProblemException 404 when there is none with this id
   */
  public Concert get(UUID id) {
    return jdbi.withExtension(
        ConcertDao.class,
        dao -> represent(dao, dao.find(id).orElseThrow(ConcertService::notFound)));
  }

  /**
   * Changes a concert.
   *
   * @param condition checks the concert before the change
   * @throws ProblemException 404 when there is none with this id; 412 when the condition does not
   *     hold; 422 for times that contradict each other and for ids of other ticket types; 409 for a
   *     cancelled concert and for a capacity below the number of sold tickets
   */
  public Changed change(UUID id, ConcertChange change, ChangeCondition condition) {
    return jdbi.inTransaction(
        handle -> {
          ConcertDao dao = handle.attach(ConcertDao.class);
          List<TicketTypeRow> types =
              change.capacities().isEmpty() && condition == ChangeCondition.NONE
                  ? List.of()
                  : dao.lockTicketTypes(id);
          ConcertRow concert = requireNotCancelled(lock(dao, id, condition)).with(change);
          Instant notBefore = change.startsAt() == null ? Instant.MIN : clock.instant();
          List<FieldError> errors = new ArrayList<>(timeErrors(concert, notBefore));
          errors.addAll(unknownTypeErrors(change, types));
          if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
          }
          change.capacities().forEach(resize -> resize(dao, types, resize));
          dao.update(concert);
          Event event = events.publish(handle, concert, Change.UPDATED, concert.version());
          return new Changed(represent(dao, concert), event);
        });
  }

  /**
   * Deletes a concert that has no purchases.
   *
   * @param condition checks the concert before it is deleted
   * @throws ProblemException 404 when there is none with this id; 412 when the condition does not
   *     hold; 409 when it is cancelled or there are purchases
   */
  public Event delete(UUID id, ChangeCondition condition) {
    return jdbi.inTransaction(
        handle -> {
          ConcertDao dao = handle.attach(ConcertDao.class);
          dao.lockTicketTypes(id);
          ConcertRow concert = requireNotCancelled(lock(dao, id, condition));
          if (dao.hasSales(id)) {
            throw ProblemException.of(
                ProblemCode.CONCERT_HAS_SALES, "This concert has purchases and must stay.");
          }
          dao.deleteTicketTypes(id);
          dao.delete(id);
          return events.publish(handle, concert, Change.DELETED, concert.version() + 1);
        });
  }

  /**
   * Cancels a concert. No sale is committed after the transaction: it holds the locks that every
   * sale needs, also those for which a confirmed order waits. Further calls change nothing.
   *
   * @return the event, if this call cancelled it
   * @throws ProblemException 404 when there is none with this id
   */
  public Optional<Event> cancel(Handle transaction, UUID id) {
    ConcertDao dao = transaction.attach(ConcertDao.class);
    dao.lockTicketTypes(id);
    ConcertRow concert = lock(dao, id, ChangeCondition.NONE);
    if (concert.cancelledAt() != null) {
      return Optional.empty();
    }
    dao.cancel(id);
    return Optional.of(
        events.publish(transaction, concert, Change.CANCELLED, concert.version() + 1));
  }

  private static ConcertRow requireNotCancelled(ConcertRow concert) {
    if (concert.cancelledAt() != null) {
      throw ProblemException.of(
          ProblemCode.CONCERT_CANCELLED, "A cancelled concert stays as it is.");
    }
    return concert;
  }

  /** Locks a concert. If there is a condition, the ticket types must be locked already. */
  private static ConcertRow lock(ConcertDao dao, UUID id, ChangeCondition condition) {
    Optional<ConcertRow> locked = dao.lock(id);
    if (condition != ChangeCondition.NONE) {
      condition.require(locked.map(row -> represent(dao, row)));
    }
    return locked.orElseThrow(ConcertService::notFound);
  }

  private static Concert represent(ConcertDao dao, ConcertRow row) {
    return row.with(dao.ticketTypes(row.id()).stream().map(TicketTypeRow::toTicketType).toList());
  }

  private static void resize(
      ConcertDao dao, List<TicketTypeRow> locked, ConcertChange.CapacityChange resize) {
    TicketTypeRow type =
        locked.stream().filter(row -> row.id().equals(resize.id())).findFirst().orElseThrow();
    int sold = type.capacity() - type.available();
    if (resize.capacity() < sold) {
      throw ProblemException.of(
          ProblemCode.CAPACITY_BELOW_SOLD,
          "%d tickets of '%s' are sold.".formatted(sold, type.name()),
          Map.of("ticketTypeId", type.id(), "sold", sold));
    }
    dao.resize(resize.id(), resize.capacity());
  }

  private static List<FieldError> timeErrors(ConcertRow concert, Instant notBefore) {
    List<FieldError> errors = new ArrayList<>();
    if (!concert.startsAt().isAfter(notBefore)) {
      errors.add(new FieldError("startsAt", "must be in the future"));
    }
    if (concert.salesEnd().isAfter(concert.startsAt())) {
      errors.add(new FieldError("salesCloseAt", "must not be after startsAt"));
    }
    if (!concert.salesEnd().isAfter(notBefore)) {
      errors.add(new FieldError("salesCloseAt", "must be in the future"));
    }
    if (!concert.salesOpenAt().isBefore(concert.salesEnd())) {
      errors.add(
          new FieldError(
              "salesOpenAt",
              concert.salesCloseAt() == null
                  ? "must be before startsAt"
                  : "must be before salesCloseAt"));
    }
    return errors;
  }

  private static List<FieldError> nameErrors(List<NewConcert.NewTicketType> types) {
    List<FieldError> errors = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < types.size(); i++) {
      if (!seen.add(types.get(i).name().toLowerCase(Locale.ROOT))) {
        errors.add(
            new FieldError("ticketTypes[%d].name".formatted(i), "must be unique in the concert"));
      }
    }
    return errors;
  }

  private static List<FieldError> unknownTypeErrors(
      ConcertChange change, List<TicketTypeRow> types) {
    Set<UUID> known = types.stream().map(TicketTypeRow::id).collect(Collectors.toSet());
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < change.capacities().size(); i++) {
      if (!known.remove(change.capacities().get(i).id())) {
        errors.add(
            new FieldError(
                "ticketTypes[%d].id".formatted(i),
                "must be a ticket type of this concert, named once"));
      }
    }
    return errors;
  }

  private static ProblemException notFound() {
    return ProblemException.of(ProblemCode.NOT_FOUND, "There is no concert with this id.");
  }
}
