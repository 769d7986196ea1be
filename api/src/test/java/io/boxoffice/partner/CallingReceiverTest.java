package io.boxoffice.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.partner.PartnerException.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests how long a consumer waits for a partner that is away, and that nothing else waits. */
class CallingReceiverTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(5);

  private final AtomicInteger calls = new AtomicInteger();
  private final List<Event> events = List.of(FollowUpsTest.event(EventType.PURCHASE_MADE));

  /** A partner that fails so often, and then answers. */
  private FollowUp failing(int times, Outcome outcome) {
    return FollowUp.toPartner(
        "test",
        Set.of(EventType.PURCHASE_MADE),
        20,
        received ->
            calls.incrementAndGet() <= times
                ? CompletableFuture.failedFuture(new PartnerException(outcome, "failed"))
                : CompletableFuture.completedFuture(null));
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "NOT_SENT", "FULL"})
  void aPartnerThatIsAwayIsTriedAgain(Outcome outcome) {
    CallingReceiver receiver = new CallingReceiver(failing(8, outcome), LONG, SHORT);

    assertThatCode(() -> receiver.receive(events)).doesNotThrowAnyException();
    assertThat(calls).hasValue(9);
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "FAILED", "TIMED_OUT"})
  void anotherFailureMayBeTheFaultOfTheEvent(Outcome outcome) {
    CallingReceiver receiver = new CallingReceiver(failing(1, outcome), LONG, SHORT);

    assertThatThrownBy(() -> receiver.receive(events)).hasMessageContaining("call test failed");
    assertThat(calls).hasValue(1);
  }

  @Test
  void patienceEnds() {
    CallingReceiver receiver =
        new CallingReceiver(
            failing(Integer.MAX_VALUE, Outcome.NOT_SENT), Duration.ofMillis(100), SHORT);

    assertThatThrownBy(() -> receiver.receive(events)).hasMessageContaining("failed");
    assertThat(calls).hasValueGreaterThan(1);
  }

  @Test
  void theEndOfTheSubscriptionEndsTheWait() {
    CallingReceiver receiver =
        new CallingReceiver(failing(Integer.MAX_VALUE, Outcome.NOT_SENT), LONG, LONG);
    CompletableFuture<Void> received =
        CompletableFuture.runAsync(
            () ->
                assertThatThrownBy(() -> receiver.receive(events)).hasMessageContaining("failed"));
    receiver.end();

    assertThatCode(() -> received.get(20, TimeUnit.SECONDS)).doesNotThrowAnyException();
  }
}
