package io.boxoffice.testing;

import io.boxoffice.account.password.HashingSettings;
import io.boxoffice.app.BoxOfficeApplication;
import io.boxoffice.app.BoxOfficeConfiguration;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.jersey.validation.Validators;
import org.hibernate.validator.HibernateValidatorConfiguration;
import org.hibernate.validator.cfg.ConstraintMapping;

/**
 * Runs the service without the bounds of the settings of hashing, so that the benchmark in {@code
 * stress/} can show what they prevent: a negative control. The packaged jar does not contain it.
 */
public final class UnboundedHashingApplication extends BoxOfficeApplication {

  /** Starts the service with its usual arguments, {@code server config.yml}. */
  public static void main(String[] arguments) throws Exception {
    new UnboundedHashingApplication().run(arguments);
  }

  @Override
  public void initialize(Bootstrap<BoxOfficeConfiguration> bootstrap) {
    super.initialize(bootstrap);
    HibernateValidatorConfiguration validation = Validators.newConfiguration();
    ConstraintMapping unbounded = validation.createConstraintMapping();
    unbounded.type(HashingSettings.class).ignoreAllAnnotations();
    bootstrap.setValidatorFactory(validation.addMapping(unbounded).buildValidatorFactory());
  }
}
