package io.boxoffice.stress.compare.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.compare.audit.Answer;
import io.boxoffice.stress.compare.audit.Effects;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Page views at a high rate, which the analytics partner counts. It shows sums and no single views,
 * so the n-th accepted view counts as done when the sum is n or more; the sum is read ten times a
 * second.
 */
final class PageViews implements Scenario {
  private static final long POLL_MILLIS = 100;

  /** The sum at a time. */
  record Sum(long at, long views) {}

  private final List<Sum> sums = Collections.synchronizedList(new ArrayList<>());
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Stage stage;
  private String concert;

  /** Views pages at the given stage. */
  PageViews(Stage stage) {
    this.stage = stage;
  }

  @Override
  public void prepare(int requests) {
    concert = stage.concert("Views", 10).id();
  }

  @Override
  public void begin() {
    var unused = timer.scheduleAtFixedRate(this::readSum, 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void readSum() {
    try {
      JsonNode total = stage.partners().peek("/concerts/%s/total".formatted(concert));
      long views = total.at("/counts/pageViews").asLong();
      if (sums.isEmpty() ? views > 0 : views > sums.get(sums.size() - 1).views()) {
        sums.add(new Sum(System.currentTimeMillis() * 1_000, views));
      }
    } catch (BenchException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public HttpRequest.Builder request(int index) {
    return stage
        .buyers()
        .request("POST", "/v1/page-views", "{\"concertId\": \"%s\"}".formatted(concert));
  }

  @Override
  public String key(int index) {
    return Integer.toString(index);
  }

  @Override
  public boolean accepts(int status) {
    return status == 201 || status == 202;
  }

  @Override
  public Effects effects(List<Answer> answers) {
    return effects(answers, List.copyOf(sums));
  }

  /**
   * Gives each view its effect. Accepted views are counted first, then those without an answer;
   * what is left of the sum was counted twice.
   */
  static Effects effects(List<Answer> answers, List<Sum> sums) {
    Effects effects = new Effects();
    List<Answer> views = new ArrayList<>(accepted(answers));
    answers.stream()
        .filter(Answer::isUnknown)
        .sorted((one, other) -> Long.compare(one.sentAt(), other.sentAt()))
        .forEach(views::add);
    long counted = 0;
    for (Sum sum : sums) {
      for (; counted < sum.views(); counted++) {
        if (!views.isEmpty()) {
          effects.add(views.get((int) (counted % views.size())).key(), sum.at());
        }
      }
    }
    return effects;
  }

  private static List<Answer> accepted(List<Answer> answers) {
    return answers.stream()
        .filter(Answer::accepted)
        .sorted((one, other) -> Long.compare(one.answeredAt(), other.answeredAt()))
        .toList();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
