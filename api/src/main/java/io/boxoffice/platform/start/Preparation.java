package io.boxoffice.platform.start;

import io.boxoffice.platform.http.strict.CodePointSize;
import io.boxoffice.platform.http.tuning.RememberedParameterNames;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.jersey.validation.JerseyParameterNameProvider;
import io.dropwizard.jersey.validation.Validators;
import jakarta.validation.constraints.Size;
import java.util.function.UnaryOperator;
import org.hibernate.validator.HibernateValidatorConfiguration;
import org.hibernate.validator.cfg.ConstraintMapping;

/** Prepares a process, so that the shop and its partners read settings and bodies alike. */
public final class Preparation {
  private Preparation() {}

  /**
   * Puts environment variables into the settings and sets up the validation that the contract
   * describes. Call it after a change of the source of the settings.
   */
  public static void of(Bootstrap<?> bootstrap) {
    of(bootstrap, System::getenv);
  }

  /**
   * Does the same with other variables.
   *
   * @param variables returns the value of a variable; null if it is not set
   */
  public static void of(Bootstrap<?> bootstrap, UnaryOperator<String> variables) {
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(
            bootstrap.getConfigurationSourceProvider(), new EnvironmentSubstitutor(variables)));
    HibernateValidatorConfiguration validation = Validators.newConfiguration();
    ConstraintMapping sizes = validation.createConstraintMapping();
    sizes.constraintDefinition(Size.class).validatedBy(CodePointSize.class);
    bootstrap.setValidatorFactory(
        validation
            .addMapping(sizes)
            .parameterNameProvider(new RememberedParameterNames(new JerseyParameterNameProvider()))
            .buildValidatorFactory());
  }
}
