package io.boxoffice.platform.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * A page of a list in the order of its ids, which is the order of creation.
 *
 * @param items at most as many as the limit
 * @param next the value of {@code after} for the next page; null on the last one
 */
public record Page<T>(
    List<T> items,
    @Schema(
            types = {"string", "null"},
            description = "Send as `after` for the next page; null on the last")
        UUID next) {

  /** The page size when the request has no limit. */
  public static final String DEFAULT_LIMIT = "20";

  /** The largest page. */
  public static final int MAX_LIMIT = 100;

  /**
   * Cuts a page from rows that were read with a limit one higher. The additional row shows that
   * more follow.
   */
  public static <T> Page<T> cut(List<T> rows, int limit, Function<T, UUID> id) {
    if (rows.size() <= limit) {
      return new Page<>(rows, null);
    }
    List<T> items = List.copyOf(rows.subList(0, limit));
    return new Page<>(items, id.apply(items.get(limit - 1)));
  }
}
