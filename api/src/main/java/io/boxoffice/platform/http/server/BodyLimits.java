package io.boxoffice.platform.http.server;

import io.boxoffice.platform.auth.CallerAccess;
import io.boxoffice.platform.auth.OperatorAccess;
import org.eclipse.jetty.server.Request;

/**
 * Limits the length of bodies, so that clients cannot fill the memory: 64 KiB, and 2 MiB for an
 * operator's setting of the simulation.
 */
public final class BodyLimits {
  private static final int BYTES = 64 * 1024;
  private static final int SETTING_BYTES = 2 * 1024 * 1024;
  private static final String SETTING = "/v1/simulation";

  private final CallerAccess callers;

  /** Uses the given check to recognise operators. */
  public BodyLimits(CallerAccess callers) {
    this.callers = callers;
  }

  /** The limit in bytes for a request, from its headers alone. */
  int of(Request request) {
    String path = request.getHttpURI().getCanonicalPath();
    return path != null && isSetting(path) && isFromOperator(request) ? SETTING_BYTES : BYTES;
  }

  private static boolean isSetting(String path) {
    return path.equals(SETTING) || path.startsWith(SETTING + "/");
  }

  private boolean isFromOperator(Request request) {
    return callers.isOperator(
        OperatorAccess.Call.of(request.getHeaders()::get, Request.getRemoteAddr(request)));
  }
}
