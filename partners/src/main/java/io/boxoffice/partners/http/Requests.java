package io.boxoffice.partners.http;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.Page;
import io.boxoffice.purchase.IdempotencyKey;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads the headers and parameters that the roles have in common, and answers alike. */
public final class Requests {
  private Requests() {}

  /**
   * Returns the key of a request that must have one.
   *
   * @throws ProblemException 422 without a valid key
   */
  public static String requiredKey(String header) {
    String key = IdempotencyKey.parse(header);
    if (key == null) {
      throw ProblemException.invalid(
          IdempotencyKey.HEADER, "must be given: without it, a retry could act twice");
    }
    return key;
  }

  /**
   * Reads a time of the query; null stays null.
   *
   * @param name the parameter, for the message
   * @throws ProblemException 422 when it is not a time
   */
  public static Instant time(String name, String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException anotherForm) {
      throw ProblemException.invalid(name, "must be a time such as 2026-11-29T12:00:00Z");
    }
  }

  /**
   * Returns the page that was found.
   *
   * @throws ProblemException 422 when {@code after} is not of this list
   */
  public static <T> Page<T> found(Optional<Page<T>> page) {
    return page.orElseThrow(
        () -> ProblemException.invalid("after", "must be the 'next' of a page"));
  }

  /**
   * Returns the thing that was found.
   *
   * @param what such as {@code charge}
   * @throws ProblemException 404 when it is empty
   */
  public static <T> T found(String what, Optional<T> thing) {
    return thing.orElseThrow(
        () ->
            ProblemException.of(
                ProblemCode.NOT_FOUND, "There is no %s with this id.".formatted(what)));
  }

  /** Begins the answer to a request that makes something: 201, or 200 if an earlier one made it. */
  public static Response.ResponseBuilder made(boolean replayed, Object entity) {
    return replayed
        ? Response.ok(entity).header("Idempotency-Replayed", "true")
        : Response.status(Response.Status.CREATED).entity(entity);
  }
}
