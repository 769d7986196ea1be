package io.boxoffice.platform.error;

import io.dropwizard.jersey.setup.JerseyEnvironment;

/** The mappers of this package together: each answers with a {@link Problem}. */
public final class ErrorMappers {
  private ErrorMappers() {}

  /** Registers them. */
  public static void register(JerseyEnvironment jersey) {
    jersey.register(new ProblemMapper());
    jersey.register(new HttpProblemMapper());
    jersey.register(new JsonProblemMapper());
    jersey.register(new ValidationProblemMapper());
    jersey.register(new CompletionProblemMapper());
    jersey.register(new UnexpectedProblemMapper());
  }
}
