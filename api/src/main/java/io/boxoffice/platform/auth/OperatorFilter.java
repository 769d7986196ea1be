package io.boxoffice.platform.auth;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Rejects {@link OperatorOnly} calls that are not from an operator. */
@OperatorOnly
@Priority(Priorities.AUTHENTICATION)
public final class OperatorFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private final OperatorAccess access;

  @Context private HttpServletRequest servletRequest;

  /** Checks calls with the given rules. */
  public OperatorFilter(OperatorAccess access) {
    this.access = access;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    OperatorAccess.Call call =
        OperatorAccess.Call.of(
            request::getHeaderString, isLoopback(servletRequest.getRemoteAddr()));
    switch (access.decide(call)) {
      case GRANTED -> {}
      case UNAUTHORIZED ->
          throw ProblemException.of(
              ProblemCode.UNAUTHORIZED, "This call needs the operator's bearer token.");
      case FORBIDDEN ->
          throw ProblemException.of(
              ProblemCode.FORBIDDEN,
              "Without OPERATOR_TOKEN, operator calls are taken from this machine only, at a"
                  + " loopback address such as http://localhost.");
    }
  }

  /**
   * Adds the header that a 401 must have: it names the authentication scheme (RFC 9110, section
   * 11.6.1).
   */
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() == ProblemCode.UNAUTHORIZED.status()) {
      response.getHeaders().putSingle(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"boxoffice\"");
    }
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }
}
