package io.boxoffice.app;

import io.boxoffice.platform.database.Database;
import io.boxoffice.platform.database.Schema;
import io.boxoffice.platform.start.CommandErrors;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.CheckCommand;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.migrations.DbCommand;
import liquibase.Liquibase;
import net.sourceforge.argparse4j.inf.Namespace;

/** Adds Dropwizard's commands, with one sentence for a failure in place of a stack trace. */
final class Commands {
  private Commands() {}

  static void addTo(
      Bootstrap<BoxOfficeConfiguration> bootstrap,
      Application<BoxOfficeConfiguration> application) {
    bootstrap.addCommand(
        new ServerCommand<>(application) {
          @Override
          public void onError(Cli cli, Namespace namespace, Throwable failure) {
            CommandErrors.print(cli.getStdErr(), failure);
          }
        });
    bootstrap.addCommand(
        new CheckCommand<>(application) {
          @Override
          public void onError(Cli cli, Namespace namespace, Throwable failure) {
            CommandErrors.print(cli.getStdErr(), failure);
          }
        });
    bootstrap.addCommand(
        new DbCommand<>(
            "db",
            settings -> Database.forCommand(settings.database(), settings.embedded()),
            BoxOfficeConfiguration.class,
            Schema.CHANGELOG,
            Schema.LIQUIBASE_SETTINGS) {
          @Override
          protected void run(
              Bootstrap<BoxOfficeConfiguration> bootstrap,
              Namespace namespace,
              BoxOfficeConfiguration configuration)
              throws Exception {
            super.run(bootstrap, namespace, configuration);
            if ("migrate".equals(namespace.getString("subcommand"))) {
              configuration.servingRole().grant(configuration.database());
              configuration.monitoringRole().grant(configuration.database());
            }
          }

          @Override
          public void run(Namespace namespace, Liquibase liquibase) throws Exception {
            Schema.alone(liquibase, alone -> super.run(namespace, alone));
          }

          @Override
          public void onError(Cli cli, Namespace namespace, Throwable failure) {
            CommandErrors.print(cli.getStdErr(), failure);
          }
        });
  }
}
