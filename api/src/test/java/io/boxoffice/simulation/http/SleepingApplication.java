package io.boxoffice.simulation.http;

import io.boxoffice.app.BoxOfficeApplication;
import io.boxoffice.app.BoxOfficeConfiguration;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;

/**
 * Runs the service with delays that block threads, for comparison with the real service. Each
 * purchase sleeps two seconds on its request thread.
 */
public final class SleepingApplication extends BoxOfficeApplication {
  private static final long SECONDS = 2;

  /** Starts the service with its usual arguments. */
  public static void main(String[] arguments) throws Exception {
    new SleepingApplication().run(arguments);
  }

  @Override
  public void run(BoxOfficeConfiguration configuration, Environment environment) {
    super.run(configuration, environment);
    Filter sleep =
        (request, response, chain) -> {
          HttpServletRequest asked = (HttpServletRequest) request;
          if (asked.getMethod().equals("POST") && asked.getRequestURI().endsWith("/purchases")) {
            try {
              TimeUnit.SECONDS.sleep(SECONDS);
            } catch (InterruptedException stopping) {
              Thread.currentThread().interrupt();
            }
          }
          chain.doFilter(request, response);
        };
    var registration = environment.servlets().addFilter("sleep", sleep);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
  }
}
