package io.boxoffice.platform.auth;

import io.dropwizard.auth.AuthDynamicFeature;
import io.dropwizard.auth.AuthFilter;
import io.dropwizard.auth.AuthValueFactoryProvider;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature;

/** Rejects calls for a role that are not from a caller with this role. */
@Priority(Priorities.AUTHENTICATION)
public final class CallerFilter extends AuthFilter<OperatorAccess.Call, Caller> {

  @Context private HttpServletRequest servletRequest;

  private CallerFilter(CallerAccess access) {
    this.authenticator = access;
    this.authorizer = (caller, role, request) -> caller.hasRole(role);
    this.prefix = "Bearer";
    this.realm = "boxoffice";
  }

  /** Checks the calls that {@code @RolesAllowed} marks. */
  public static void register(JerseyEnvironment jersey, CallerAccess access) {
    jersey.register(new AuthDynamicFeature(new CallerFilter(access)));
    jersey.register(RolesAllowedDynamicFeature.class);
    jersey.register(new AuthValueFactoryProvider.Binder<>(SignedIn.class));
  }

  @Override
  public void filter(ContainerRequestContext request) {
    OperatorAccess.Call call =
        OperatorAccess.Call.of(request::getHeaderString, servletRequest.getRemoteAddr());
    if (!authenticate(request, call, prefix)) {
      throw CallerAccess.unauthorized();
    }
  }
}
