package io.boxoffice.platform.error;

import io.dropwizard.jersey.setup.JerseyEnvironment;

/** Registers this package's mappers together. Each creates a response with a {@link Problem}. */
public final class ErrorMappers {
  private ErrorMappers() {}

  /** Registers all mappers. */
  public static void register(JerseyEnvironment jersey) {
    jersey.register(new ProblemMapper());
    jersey.register(new HttpProblemMapper());
    jersey.register(new JsonProblemMapper());
    jersey.register(new ValidationProblemMapper());
    jersey.register(new CompletionProblemMapper());
    jersey.register(new UnexpectedProblemMapper());
  }
}
