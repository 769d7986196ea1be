package io.boxoffice.partners;

import io.boxoffice.platform.auth.OperatorAccess;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;

/** Accepts calls with the partner's token, or from this machine if there is none. */
final class PartnerAccess implements ContainerRequestFilter {
  private final OperatorAccess access;

  @Context private HttpServletRequest servletRequest;

  /** Decides by the rules that the shop has for its operators. */
  PartnerAccess(OperatorAccess access) {
    this.access = access;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    OperatorAccess.Call call =
        OperatorAccess.Call.of(request::getHeaderString, servletRequest.getRemoteAddr());
    switch (access.decide(call)) {
      case GRANTED -> {}
      case UNAUTHORIZED ->
          throw ProblemException.of(
              ProblemCode.UNAUTHORIZED, "This call needs PARTNER_TOKEN as its bearer token.");
      case FORBIDDEN ->
          throw ProblemException.of(
              ProblemCode.FORBIDDEN,
              "Without PARTNER_TOKEN, calls are taken from this machine only, at a loopback"
                  + " address such as http://localhost.");
    }
  }
}
