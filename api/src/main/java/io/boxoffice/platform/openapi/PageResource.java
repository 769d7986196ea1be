package io.boxoffice.platform.openapi;

import com.google.common.io.Resources;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.Preconditions;
import io.boxoffice.platform.http.TaggedBytes;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Serves the page on which people read and try the API, with all files that it loads. Swagger UI
 * comes from its webjar; the page loads nothing from other servers.
 */
@Hidden
@Path("/")
public final class PageResource {
  private static final String HTML = "text/html;charset=utf-8";
  private static final String CSS = "text/css;charset=utf-8";
  private static final String SCRIPT = "text/javascript;charset=utf-8";

  private final Map<String, TaggedBytes> files = new HashMap<>();

  /** Reads the files, so that a missing file stops the start and not a later request. */
  public PageResource(BuildInfo build) {
    String swaggerUi = "META-INF/resources/webjars/swagger-ui/" + build.swaggerUiVersion() + "/";
    add("page/", "index.html", HTML);
    add("page/", "page.css", CSS);
    add("page/", "page.js", SCRIPT);
    add(swaggerUi, "swagger-ui.css", CSS);
    add(swaggerUi, "swagger-ui-bundle.js", SCRIPT);
    add(swaggerUi, "favicon-32x32.png", "image/png");
  }

  /** The page. */
  @GET
  public Response page(@Context HttpHeaders headers) {
    return file("index.html", headers);
  }

  /** A file that the page loads, or 404. */
  @GET
  @Path("page/{file}")
  public Response file(@PathParam("file") String name, @Context HttpHeaders headers) {
    TaggedBytes file = files.get(name);
    if (file == null) {
      throw ProblemException.of(ProblemCode.NOT_FOUND, "The page has no such file.");
    }
    return file.answer(Preconditions.of(headers));
  }

  private void add(String folder, String name, String mediaType) {
    try {
      byte[] bytes = Resources.toByteArray(Resources.getResource(folder + name));
      files.put(name, new TaggedBytes(bytes, mediaType));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
