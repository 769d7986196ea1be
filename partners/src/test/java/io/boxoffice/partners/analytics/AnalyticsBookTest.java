package io.boxoffice.partners.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AnalyticsBookTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final UUID CONCERT = UUID.randomUUID();

  @Test
  void theWindowRemembersAtLeastHalfOfItsSizeAndAtMostAll() {
    IdWindow window = new IdWindow(1_000);
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      ids.add(new UUID(0, i)); // the first is zero, and none differs by much
      assertThat(window.add(ids.get(i))).isTrue();
    }
    assertThat(window.ids()).hasSizeBetween(500, 1_000).doesNotHaveDuplicates();
    ids.subList(4_500, 5_000).forEach(id -> assertThat(window.add(id)).isFalse());
    assertThat(window.add(ids.get(0))).isTrue();
  }

  @Test
  void theShorterFileLeadsToTheSameCountsAndKnowsTheSameEvents() {
    AnalyticsBook book = new AnalyticsBook(3_000, 0);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      events.add(sale(NOON.plusSeconds(i)));
    }
    book.apply(new AnalyticsEntry.Received(events));
    assertThat(book.minutes()).isEqualTo(42);

    AnalyticsBook again = new AnalyticsBook(3_000, 0);
    book.entries().forEach(again::apply);
    assertThat(again.total(CONCERT)).isEqualTo(book.total(CONCERT));
    assertThat(again.minutes(CONCERT, null, null, 100))
        .isEqualTo(book.minutes(CONCERT, null, null, 100));
    AnalyticsEntry.Received repeated = new AnalyticsEntry.Received(events.subList(1_000, 2_500));
    again.apply(repeated);
    assertThat(repeated.repeated()).isEqualTo(1_500);
    assertThat(again.isDue(84)).isFalse();
    assertThat(again.isDue(85)).isTrue();
  }

  @Test
  void oldMinutesAreForgotten() {
    AnalyticsBook book = new AnalyticsBook(1_000, 0);
    book.apply(new AnalyticsEntry.Received(List.of(sale(NOON), sale(NOON.plusSeconds(60)))));
    assertThat(book.deleteBefore(NOON)).isFalse();
    assertThat(book.deleteBefore(NOON.plusSeconds(60))).isTrue();
    assertThat(book.minutes()).isEqualTo(1);
    assertThat(book.deleteBefore(NOON.plusSeconds(61))).isTrue();
    assertThat(book.total(CONCERT)).isEmpty();
  }

  private static Event sale(Instant at) {
    return new Event(UUID.randomUUID(), Event.Type.SALE, CONCERT, 1, at);
  }
}
