package io.boxoffice.event.postgres;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.Subscription;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;

/**
 * Passes the deliveries of a partition to the receiver, and notes what became of each. A delivery
 * that failed is tried alone from then on.
 */
final class Batches {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int LONGEST_FAILURE = 500;

  private final Subscription subscription;
  private final Receiver receiver;
  private final NoArgGenerator ids;
  private final Duration firstPause;

  Batches(Subscription subscription, Receiver receiver, NoArgGenerator ids, Duration firstPause) {
    this.subscription = subscription;
    this.receiver = receiver;
    this.ids = ids;
    this.firstPause = firstPause;
  }

  /**
   * Receives one batch of a partition that the session has locked.
   *
   * @param ended whether the subscription is closed; a failure does not count then
   * @return how many deliveries were tried
   */
  int receive(Handle session, int partition, BooleanSupplier ended) {
    List<Delivery> next =
        session
            .attach(DeliveryQueueDao.class)
            .next(
                subscription.consumer(),
                partition,
                subscription.ordered(),
                subscription.batchSize());
    new Round(session, partition, ended).receive(next);
    return next.size();
  }

  /** One batch. */
  private final class Round {
    private final Handle session;
    private final DeliveryQueueDao queue;
    private final int partition;
    private final BooleanSupplier ended;
    private final Set<UUID> failedKeys = new HashSet<>();

    Round(Handle session, int partition, BooleanSupplier ended) {
      this.session = session;
      this.queue = session.attach(DeliveryQueueDao.class);
      this.partition = partition;
      this.ended = ended;
    }

    void receive(List<Delivery> next) {
      // Of one key, those that failed are the earlier ones.
      alone(next.stream().filter(delivery -> delivery.attempts() > 0).toList(), 0);
      List<Delivery> batch =
          next.stream()
              .filter(delivery -> delivery.attempts() == 0 && !mustWait(delivery))
              .toList();
      if (!batch.isEmpty() && !ended.getAsBoolean()) {
        together(batch);
      }
    }

    private boolean mustWait(Delivery delivery) {
      return subscription.ordered() && failedKeys.contains(delivery.key());
    }

    private void together(List<Delivery> batch) {
      Exception failure = tryAll(batch);
      if (failure == null) {
        done(batch);
      } else if (batch.size() == 1) {
        failed(batch.get(0), 1, failure);
      } else {
        alone(batch, 1);
      }
    }

    /**
     * Tries each delivery alone.
     *
     * @param failedBefore how often these deliveries just failed together
     */
    private void alone(List<Delivery> deliveries, int failedBefore) {
      for (Delivery delivery : deliveries) {
        if (ended.getAsBoolean()) {
          return;
        }
        if (mustWait(delivery)) {
          if (failedBefore > 0) {
            retry(delivery, delivery.attempts() + failedBefore, Duration.ZERO);
          }
          continue;
        }
        Exception failure = tryAll(List.of(delivery));
        if (failure == null) {
          done(List.of(delivery));
        } else {
          failed(delivery, failedBefore + 1, failure);
        }
      }
    }

    /** Returns why the receiver failed; null if it did not. */
    private Exception tryAll(List<Delivery> deliveries) {
      try {
        receiver.receive(deliveries.stream().map(Delivery::toEvent).toList());
        return null;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return interrupted;
      } catch (Exception failure) {
        return failure;
      }
    }

    private void done(List<Delivery> deliveries) {
      queue.done(
          subscription.consumer(),
          partition,
          deliveries.stream().map(Delivery::position).toArray(Long[]::new));
    }

    private void failed(Delivery delivery, int times, Exception failure) {
      failedKeys.add(delivery.key());
      if (ended.getAsBoolean()) {
        return;
      }
      int attempts = delivery.attempts() + times;
      if (attempts < Receiver.MOST_DELIVERIES) {
        retry(delivery, attempts, pause(attempts));
        return;
      }
      String text = failure.toString();
      session
          .attach(DeadLetterDao.class)
          .bury(
              ids.generate(),
              subscription.consumer(),
              partition,
              delivery.position(),
              text.substring(0, Math.min(text.length(), LONGEST_FAILURE)),
              attempts);
    }

    private void retry(Delivery delivery, int attempts, Duration pause) {
      queue.retry(subscription.consumer(), partition, delivery.position(), attempts, pause);
    }

    private Duration pause(int attempts) {
      Duration pause = firstPause.multipliedBy(1L << (attempts - 1));
      return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
  }
}
