package io.boxoffice.stress.compare.scenario;

import io.boxoffice.stress.compare.audit.Answer;
import io.boxoffice.stress.compare.audit.Effects;
import java.net.http.HttpRequest;
import java.util.List;

/** A change of the shop that partners take part in, as requests and as their effects. */
public interface Scenario extends AutoCloseable {
  /** Creates what the requests need, before the load. */
  void prepare(int requests);

  /** Begins to watch the effects, just before the load. */
  default void begin() {}

  /** The request of a number, from 0 on. */
  HttpRequest.Builder request(int index);

  /** Names the effect of the request of a number. */
  String key(int index);

  /** Whether a status is a success. */
  boolean accepts(int status);

  /**
   * Reads what was done.
   *
   * @param answers all answers of the load, where effects have no names of their own
   */
  Effects effects(List<Answer> answers);

  /** What is wrong in the shop at the end, in sentences. */
  default List<String> faults() {
    return List.of();
  }

  @Override
  default void close() {}
}
