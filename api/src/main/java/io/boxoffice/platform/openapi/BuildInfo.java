package io.boxoffice.platform.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Holds what the build recorded about itself.
 *
 * @param version the service's version
 * @param revision the commit of the build; "unknown" if the build could not find it
 * @param swaggerUiVersion the version in Swagger UI's path in its webjar
 */
public record BuildInfo(String version, String revision, String swaggerUiVersion) {

  /** Reads the build's properties file. */
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
