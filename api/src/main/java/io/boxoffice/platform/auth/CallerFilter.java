package io.boxoffice.platform.auth;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.dropwizard.auth.AuthDynamicFeature;
import io.dropwizard.auth.AuthFilter;
import io.dropwizard.auth.AuthValueFactoryProvider;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature;

/** Rejects calls for a role that are not from a caller with this role. */
@Priority(Priorities.AUTHENTICATION)
public class CallerFilter extends AuthFilter<OperatorAccess.Call, Caller> {

  @Context private HttpServletRequest servletRequest;

  private CallerFilter(CallerAccess access) {
    this.authenticator = access;
    this.authorizer = (caller, role, request) -> caller.hasRole(role);
    this.prefix = "Bearer";
    this.realm = "boxoffice";
  }

  /**
   * Checks the calls that {@code @RolesAllowed} marks, and the tokens of those that {@link
   * SignInOptional} marks.
   */
  public static void register(JerseyEnvironment jersey, CallerAccess access) {
    jersey.register(new AuthDynamicFeature(new CallerFilter(access)));
    jersey.register(RolesAllowedDynamicFeature.class);
    jersey.register(new AuthValueFactoryProvider.Binder<>(SignedIn.class));
    jersey.register(new WhereNamed(access));
  }

  @Override
  public void filter(ContainerRequestContext request) {
    OperatorAccess.Call call =
        OperatorAccess.Call.of(request::getHeaderString, servletRequest.getRemoteAddr());
    if (!authenticate(request, call, prefix)) {
      throw ProblemException.of(
          ProblemCode.UNAUTHORIZED, "This call needs a bearer token that is valid now.");
    }
  }

  /** Checks a token where there is one. */
  @SignInOptional
  @Priority(Priorities.AUTHENTICATION)
  private static final class WhereNamed extends CallerFilter {
    WhereNamed(CallerAccess access) {
      super(access);
    }

    @Override
    public void filter(ContainerRequestContext request) {
      String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
      if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
        super.filter(request);
      }
    }
  }
}
