package io.boxoffice.platform.openapi;

import io.boxoffice.platform.error.ProblemResource;
import io.dropwizard.jersey.setup.JerseyEnvironment;

/** Builds the contract, the page on which to try it, and the explanations of problem codes. */
public final class PageModule {
  private PageModule() {}

  /** Registers the resources. */
  public static void install(JerseyEnvironment jersey, BuildInfo build) {
    jersey.register(new ProblemResource());
    jersey.register(new ContractResource());
    jersey.register(new PageResource(build));
  }
}
