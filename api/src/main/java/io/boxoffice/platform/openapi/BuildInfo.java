package io.boxoffice.platform.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What the build knows of itself.
 *
 * @param version the service's version
 * @param revision the commit it was built from; "unknown" where the build could not tell
 * @param swaggerUiVersion the version that is part of Swagger UI's path in its webjar
 */
public record BuildInfo(String version, String revision, String swaggerUiVersion) {

  /** Reads what the build wrote. */
  public static BuildInfo read() {
    Properties properties = new Properties();
    try (InputStream file = BuildInfo.class.getResourceAsStream("/build.properties")) {
      properties.load(file);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    return new BuildInfo(
        properties.getProperty("version"),
        properties.getProperty("revision"),
        properties.getProperty("swagger-ui.version"));
  }
}
