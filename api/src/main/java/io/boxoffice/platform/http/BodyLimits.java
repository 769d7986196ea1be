package io.boxoffice.platform.http;

import io.boxoffice.platform.auth.OperatorAccess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.eclipse.jetty.server.Request;

/**
 * Says how long a body may be: 64 KiB, so that nobody can fill the memory; an operator's setting of
 * the simulation may be longer.
 */
public final class BodyLimits {
  private static final int BYTES = 64 * 1024;
  private static final int SETTING_BYTES = 2 * 1024 * 1024;
  private static final String SETTING = "/v1/simulation";

  private final OperatorAccess operators;

  /** Believes whom the given access believes to be an operator. */
  public BodyLimits(OperatorAccess operators) {
    this.operators = operators;
  }

  /** For a request of which nothing is known but its headers. */
  int of(Request request) {
    String path = request.getHttpURI().getCanonicalPath();
    return path != null && isSetting(path) && isOperators(request) ? SETTING_BYTES : BYTES;
  }

  private static boolean isSetting(String path) {
    return path.equals(SETTING) || path.startsWith(SETTING + "/");
  }

  private boolean isOperators(Request request) {
    SocketAddress peer = request.getConnectionMetaData().getRemoteSocketAddress();
    InetAddress address = peer instanceof InetSocketAddress inet ? inet.getAddress() : null;
    return operators.decide(
            OperatorAccess.Call.of(
                request.getHeaders()::get, address != null && address.isLoopbackAddress()))
        == OperatorAccess.Decision.GRANTED;
  }
}
