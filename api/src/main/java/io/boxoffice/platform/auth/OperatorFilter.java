package io.boxoffice.platform.auth;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.dropwizard.auth.AuthDynamicFeature;
import io.dropwizard.auth.AuthFilter;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature;

/** Rejects calls for the role of an {@link Operator} that are not from an operator. */
@Priority(Priorities.AUTHENTICATION)
public final class OperatorFilter extends AuthFilter<OperatorAccess.Call, Operator>
    implements ContainerResponseFilter {

  @Context private HttpServletRequest servletRequest;

  private OperatorFilter(OperatorAccess access) {
    this.authenticator = access;
    this.authorizer = (operator, role, request) -> role.equals(Operator.ROLE);
    this.prefix = "Bearer";
    this.realm = "boxoffice";
  }

  /** Checks the calls that {@code @RolesAllowed} marks, with the given rules. */
  public static void register(JerseyEnvironment jersey, OperatorAccess access) {
    jersey.register(new AuthDynamicFeature(new OperatorFilter(access)));
    jersey.register(RolesAllowedDynamicFeature.class);
  }

  @Override
  public void filter(ContainerRequestContext request) {
    OperatorAccess.Call call =
        OperatorAccess.Call.of(request::getHeaderString, servletRequest.getRemoteAddr());
    if (!authenticate(request, call, prefix)) {
      throw ProblemException.of(
          ProblemCode.UNAUTHORIZED, "This call needs the operator's bearer token.");
    }
  }

  /**
   * Adds the header that a 401 must have: it names the authentication scheme (RFC 9110, section
   * 11.6.1).
   */
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() == ProblemCode.UNAUTHORIZED.status()) {
      response
          .getHeaders()
          .putSingle(HttpHeaders.WWW_AUTHENTICATE, "%s realm=\"%s\"".formatted(prefix, realm));
    }
  }
}
