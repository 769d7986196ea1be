package io.boxoffice.platform.openapi;

import io.boxoffice.platform.error.Problem;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.jaxrs2.ReaderListener;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.integration.api.OpenApiReader;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;

/**
 * Adds to each operation of the contract the response for errors that the operation does not list,
 * and to those of the API the response of a rate limit, so that the resources need not repeat them.
 * The annotation makes the build find this class when it writes the contract; the service does not
 * load it.
 */
@OpenAPIDefinition
public final class DefaultResponse implements ReaderListener {

  @Override
  public void beforeScan(OpenApiReader reader, OpenAPI contract) {}

  @Override
  public void afterScan(OpenApiReader reader, OpenAPI contract) {
    ResolvedSchema problem =
        ModelConverters.getInstance(true)
            .resolveAsResolvedSchema(new AnnotatedType(Problem.class).resolveAsRef(true));
    problem.referencedSchemas.forEach(contract.getComponents()::addSchemas);
    contract
        .getPaths()
        .forEach(
            (path, item) -> {
              for (Operation operation : item.readOperations()) {
                operation
                    .getResponses()
                    .addApiResponse(ApiResponses.DEFAULT, other(problem.schema));
                if (path.startsWith("/v1/")) {
                  operation.getResponses().addApiResponse("429", quotaExceeded());
                }
              }
            });
  }

  private static ApiResponse quotaExceeded() {
    return new ApiResponse().$ref("QuotaExceeded");
  }

  private static ApiResponse other(Schema<?> problem) {
    return new ApiResponse()
        .description("Any other refusal")
        .content(new Content().addMediaType(Problem.MEDIA_TYPE, new MediaType().schema(problem)));
  }
}
