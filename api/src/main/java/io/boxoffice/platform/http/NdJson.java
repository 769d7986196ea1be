package io.boxoffice.platform.http;

/**
 * Names what the server and a resource share about bodies of independent lines, each a JSON object.
 */
public final class NdJson {
  /** The media type. */
  public static final String TYPE = "application/x-ndjson";

  /**
   * The attribute of a request whose body was longer than its limit: the body has its first lines.
   */
  public static final String CUT = "io.boxoffice.body-cut";

  private NdJson() {}
}
