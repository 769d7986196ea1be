package io.boxoffice.platform.http.server;

import io.boxoffice.platform.auth.CallerAccess;
import io.boxoffice.platform.auth.OperatorAccess;
import io.boxoffice.platform.http.NdJson;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Limits the length of bodies, so that clients cannot fill the memory: 64 KiB, and 2 MiB for an
 * operator's setting of the simulation and for the scans of a gate.
 */
public final class BodyLimits {
  private static final int BYTES = 64 * 1024;
  private static final int LARGE_BYTES = 2 * 1024 * 1024;
  private static final String SETTING = "/v1/simulation";
  private static final String SCANS = "/v1/scans";

  private final CallerAccess callers;

  /** Uses the given check to recognise operators and gates. */
  public BodyLimits(CallerAccess callers) {
    this.callers = callers;
  }

  /** The limit in bytes for a request, from its headers alone. */
  int of(Request request) {
    String path = request.getHttpURI().getCanonicalPath();
    boolean mayBeLarge =
        path != null
            && ((isSetting(path) && callers.isOperator(call(request)))
                || (path.equals(SCANS) && callers.mayScan(call(request))));
    return mayBeLarge ? LARGE_BYTES : BYTES;
  }

  /**
   * Whether a body over the limit is cut there, because each of its lines has an answer of its own.
   */
  boolean mayBeCut(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return SCANS.equals(request.getHttpURI().getCanonicalPath())
        && type != null
        && type.startsWith(NdJson.TYPE)
        && !request.getHeaders().contains(HttpHeader.CONTENT_ENCODING)
        && callers.mayScan(call(request));
  }

  private static boolean isSetting(String path) {
    return path.equals(SETTING) || path.startsWith(SETTING + "/");
  }

  private static OperatorAccess.Call call(Request request) {
    return OperatorAccess.Call.of(request.getHeaders()::get, Request.getRemoteAddr(request));
  }
}
