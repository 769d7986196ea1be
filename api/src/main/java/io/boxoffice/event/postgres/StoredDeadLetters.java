package io.boxoffice.event.postgres;

import io.boxoffice.event.transport.DeadLetter;
import io.boxoffice.event.transport.DeadLetters;
import io.boxoffice.event.transport.Partitions;
import io.boxoffice.event.transport.TransportException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Keeps dead letters in a table of the shop's database. */
final class StoredDeadLetters implements DeadLetters {
  private final Jdbi jdbi;

  StoredDeadLetters(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<DeadLetter> list(UUID after, int limit) throws TransportException {
    return PostgresTransport.call(
        () -> jdbi.withExtension(DeadLetterDao.class, dao -> dao.list(after, limit)));
  }

  @Override
  public boolean replay(UUID id) throws TransportException {
    return PostgresTransport.call(() -> jdbi.inTransaction(handle -> replay(handle, id)));
  }

  private static boolean replay(Handle handle, UUID id) {
    DeadLetterDao dao = handle.attach(DeadLetterDao.class);
    Optional<DeadLetter> taken = dao.take(id);
    taken.ifPresent(
        letter ->
            dao.deliver(
                letter.consumer(),
                Partitions.of(letter.event().key()),
                letter.event().key(),
                letter.event().toJson()));
    handle.attach(ConsumerDao.class).signal();
    return taken.isPresent();
  }

  @Override
  public boolean drop(UUID id) throws TransportException {
    return PostgresTransport.call(
        () -> jdbi.withExtension(DeadLetterDao.class, dao -> dao.take(id)).isPresent());
  }
}
