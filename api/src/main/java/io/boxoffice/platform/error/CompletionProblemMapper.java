package io.boxoffice.platform.error;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Providers;
import java.util.concurrent.CompletionException;

/** Maps the failure of an asynchronous call to the same response as a synchronous failure. */
public final class CompletionProblemMapper implements ExceptionMapper<CompletionException> {
  @Context private Providers providers;

  @Override
  public Response toResponse(CompletionException thrown) {
    return answer(
        thrown.getCause() == null ? new IllegalStateException(thrown) : thrown.getCause());
  }

  @SuppressWarnings("unchecked")
  private <T extends Throwable> Response answer(T cause) {
    return providers.getExceptionMapper((Class<T>) cause.getClass()).toResponse(cause);
  }
}
