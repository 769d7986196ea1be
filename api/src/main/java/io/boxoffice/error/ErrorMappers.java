package io.boxoffice.error;

import io.dropwizard.jersey.setup.JerseyEnvironment;

/** All mappers together: whatever is thrown, a {@link Problem} answers. */
public final class ErrorMappers {
  private ErrorMappers() {}

  /** Registers them. */
  public static void register(JerseyEnvironment jersey) {
    jersey.register(new ProblemMapper());
    jersey.register(new HttpProblemMapper());
    jersey.register(new JsonProblemMapper());
    jersey.register(new ValidationProblemMapper());
    jersey.register(new DatabaseProblemMapper());
    jersey.register(new CompletionProblemMapper());
    jersey.register(new UnexpectedProblemMapper());
    jersey.register(new ProblemAddressFilter());
  }
}
