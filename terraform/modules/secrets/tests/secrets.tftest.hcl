mock_provider "kubernetes" {}

variables {
  public_host = "tickets.example.com"
  database = {
    host                = "psql-boxoffice-test-abc123.postgres.database.azure.com"
    name                = "boxoffice"
    administrator_login = "boxoffice_admin"
  }
  versions = { database_administrator = 1, database_app = 1, database_monitoring = 1, operator_token = 1, grafana_admin = 1, discord_webhook = 0, redis_url = 0, rabbitmq_url = 0, smtp_url = 0, oidc_client_secret = 0, payment_token = 0, payment_callback_secret = 0 }
  passwords = {
    database_administrator = "administrator-password-of-the-test"
    database_app           = "application-password-of-the-test"
    database_monitoring    = "monitoring-password-of-the-test"
    operator_token         = "operator-token-of-the-test-only"
    grafana_admin          = "grafana-password-of-the-test-only"
  }
}

run "the_namespace_takes_restricted_pods_only" {
  command = plan

  assert {
    condition     = kubernetes_namespace_v1.this.metadata[0].labels["pod-security.kubernetes.io/enforce"] == "restricted"
    error_message = "Pod Security restricted is enforced."
  }
}

run "the_secrets_that_the_deployment_reads" {
  command = plan

  assert {
    condition     = toset(keys(kubernetes_secret_v1.this)) == toset(["boxoffice-database", "boxoffice-migration", "boxoffice-operator", "grafana-admin", "postgres-exporter"])
    error_message = "terraform/README.md promises these names; what no operator has stored has no Secret."
  }

  assert {
    condition     = alltrue([for secret in kubernetes_secret_v1.this : secret.metadata[0].namespace == "boxoffice" && secret.type == "Opaque"])
    error_message = "All in the namespace."
  }
}

run "a_webhook_that_is_stored_has_its_secret" {
  command = plan

  variables {
    versions = { database_administrator = 1, database_app = 1, database_monitoring = 1, operator_token = 1, grafana_admin = 1, discord_webhook = 2, redis_url = 0, rabbitmq_url = 0, smtp_url = 0, oidc_client_secret = 0, payment_token = 0, payment_callback_secret = 0 }
    passwords = {
      database_administrator = "administrator-password-of-the-test"
      database_app           = "application-password-of-the-test"
      database_monitoring    = "monitoring-password-of-the-test"
      operator_token         = "operator-token-of-the-test-only"
      grafana_admin          = "grafana-password-of-the-test-only"
      discord_webhook        = "https://discord.example/webhook"
    }
  }

  assert {
    condition     = kubernetes_secret_v1.this["alertmanager-discord"].data_wo_revision == 2
    error_message = "Alertmanager reads this Secret."
  }
}

run "what_an_operator_stored_has_its_secret" {
  command = plan

  variables {
    versions = { database_administrator = 1, database_app = 1, database_monitoring = 1, operator_token = 1, grafana_admin = 1, discord_webhook = 0, redis_url = 1, rabbitmq_url = 4, smtp_url = 2, oidc_client_secret = 3, payment_token = 1, payment_callback_secret = 3 }
    passwords = {
      database_administrator  = "administrator-password-of-the-test"
      database_app            = "application-password-of-the-test"
      database_monitoring     = "monitoring-password-of-the-test"
      operator_token          = "operator-token-of-the-test-only"
      grafana_admin           = "grafana-password-of-the-test-only"
      redis_url               = "rediss://:key%3D@redis-boxoffice-test-abc123.northeurope.redis.azure.net:10000"
      rabbitmq_url            = "amqps://user:password@rabbitmq.example.com/shop"
      smtp_url                = "smtps://user:password@smtp.example.com"
      oidc_client_secret      = "short"
      payment_token           = "token-of-the-partner"
      payment_callback_secret = "callback-secret-of-the-test"
    }
  }

  assert {
    condition     = [for name in ["boxoffice-redis", "boxoffice-rabbitmq", "boxoffice-mail", "boxoffice-openid-connect", "boxoffice-payment"] : kubernetes_secret_v1.this[name].data_wo_revision] == [1, 4, 2, 3, 4]
    error_message = "The components of Kubernetes read these Secrets."
  }
}

run "refuses_a_redis_without_encryption" {
  command = plan

  variables {
    versions = { database_administrator = 1, database_app = 1, database_monitoring = 1, operator_token = 1, grafana_admin = 1, discord_webhook = 0, redis_url = 1, rabbitmq_url = 0, smtp_url = 0, oidc_client_secret = 0, payment_token = 0, payment_callback_secret = 0 }
    passwords = {
      database_administrator = "administrator-password-of-the-test"
      database_app           = "application-password-of-the-test"
      database_monitoring    = "monitoring-password-of-the-test"
      operator_token         = "operator-token-of-the-test-only"
      grafana_admin          = "grafana-password-of-the-test-only"
      redis_url              = "redis://:key@redis.example:10000"
    }
  }
  expect_failures = [var.passwords]
}

run "refuses_a_rabbitmq_without_encryption" {
  command = plan

  variables {
    versions = { database_administrator = 1, database_app = 1, database_monitoring = 1, operator_token = 1, grafana_admin = 1, discord_webhook = 0, redis_url = 0, rabbitmq_url = 1, smtp_url = 0, oidc_client_secret = 0, payment_token = 0, payment_callback_secret = 0 }
    passwords = {
      database_administrator = "administrator-password-of-the-test"
      database_app           = "application-password-of-the-test"
      database_monitoring    = "monitoring-password-of-the-test"
      operator_token         = "operator-token-of-the-test-only"
      grafana_admin          = "grafana-password-of-the-test-only"
      rabbitmq_url           = "amqp://user:password@rabbitmq.example.com"
    }
  }
  expect_failures = [var.passwords]
}

run "refuses_a_mail_server_that_is_not_there" {
  command = plan
  variables { versions = { database_administrator = 1, database_app = 1, database_monitoring = 1, operator_token = 1, grafana_admin = 1, discord_webhook = 0, redis_url = 0, rabbitmq_url = 0, smtp_url = 1, oidc_client_secret = 0, payment_token = 0, payment_callback_secret = 0 } }
  expect_failures = [var.passwords]
}

run "refuses_a_client_secret_that_is_not_there" {
  command = plan
  variables { versions = { database_administrator = 1, database_app = 1, database_monitoring = 1, operator_token = 1, grafana_admin = 1, discord_webhook = 0, redis_url = 0, rabbitmq_url = 0, smtp_url = 0, oidc_client_secret = 1, payment_token = 0, payment_callback_secret = 0 } }
  expect_failures = [var.passwords]
}

run "a_payment_token_alone_has_no_secret" {
  command = plan

  variables {
    versions = { database_administrator = 1, database_app = 1, database_monitoring = 1, operator_token = 1, grafana_admin = 1, discord_webhook = 0, redis_url = 0, rabbitmq_url = 0, smtp_url = 0, oidc_client_secret = 0, payment_token = 1, payment_callback_secret = 0 }
    passwords = {
      database_administrator = "administrator-password-of-the-test"
      database_app           = "application-password-of-the-test"
      database_monitoring    = "monitoring-password-of-the-test"
      operator_token         = "operator-token-of-the-test-only"
      grafana_admin          = "grafana-password-of-the-test-only"
      payment_token          = "token-of-the-partner"
    }
  }

  assert {
    condition     = !contains(keys(kubernetes_secret_v1.this), "boxoffice-payment")
    error_message = "The API refuses to start with a partner and without the secret of its callbacks."
  }
}

run "refuses_a_secret_of_callbacks_that_is_not_there" {
  command = plan
  variables { versions = { database_administrator = 1, database_app = 1, database_monitoring = 1, operator_token = 1, grafana_admin = 1, discord_webhook = 0, redis_url = 0, rabbitmq_url = 0, smtp_url = 0, oidc_client_secret = 0, payment_token = 0, payment_callback_secret = 1 } }
  expect_failures = [var.passwords]
}

run "refuses_a_short_secret_of_callbacks" {
  command = plan

  variables {
    versions = { database_administrator = 1, database_app = 1, database_monitoring = 1, operator_token = 1, grafana_admin = 1, discord_webhook = 0, redis_url = 0, rabbitmq_url = 0, smtp_url = 0, oidc_client_secret = 0, payment_token = 0, payment_callback_secret = 1 }
    passwords = {
      database_administrator  = "administrator-password-of-the-test"
      database_app            = "application-password-of-the-test"
      database_monitoring     = "monitoring-password-of-the-test"
      operator_token          = "operator-token-of-the-test-only"
      grafana_admin           = "grafana-password-of-the-test-only"
      payment_callback_secret = "15-characters.."
    }
  }
  expect_failures = [var.passwords]
}

run "refuses_a_payment_token_that_is_not_there" {
  command = plan
  variables { versions = { database_administrator = 1, database_app = 1, database_monitoring = 1, operator_token = 1, grafana_admin = 1, discord_webhook = 0, redis_url = 0, rabbitmq_url = 0, smtp_url = 0, oidc_client_secret = 0, payment_token = 1, payment_callback_secret = 0 } }
  expect_failures = [var.passwords]
}

run "refuses_a_webhook_that_is_not_there" {
  command = plan
  variables { versions = { database_administrator = 1, database_app = 1, database_monitoring = 1, operator_token = 1, grafana_admin = 1, discord_webhook = 1, redis_url = 0, rabbitmq_url = 0, smtp_url = 0, oidc_client_secret = 0, payment_token = 0, payment_callback_secret = 0 } }
  expect_failures = [var.passwords]
}

run "no_value_is_stored" {
  command = apply

  assert {
    condition     = alltrue([for secret in kubernetes_secret_v1.this : secret.data_wo == null && secret.binary_data_wo == null])
    error_message = "The state must not contain a value."
  }
}

run "the_role_in_use_keeps_its_password_while_the_other_gets_a_new_one" {
  command = plan

  assert {
    condition     = local.app_user == "boxoffice_a"
    error_message = "An odd version is role a."
  }
}

run "the_other_role_at_the_next_version" {
  command = plan
  variables { versions = { database_administrator = 1, database_app = 2, database_monitoring = 1, operator_token = 1, grafana_admin = 1, discord_webhook = 0, redis_url = 0, rabbitmq_url = 0, smtp_url = 0, oidc_client_secret = 0, payment_token = 0, payment_callback_secret = 0 } }

  assert {
    condition     = local.app_user == "boxoffice_b" && kubernetes_secret_v1.this["boxoffice-database"].data_wo_revision == 2 && kubernetes_secret_v1.this["boxoffice-operator"].data_wo_revision == 1
    error_message = "An even version is role b, and only that Secret is written again."
  }
}

run "the_connection_verifies_the_server" {
  command = plan

  assert {
    condition     = strcontains(local.database_url, "sslmode=verify-full") && startswith(local.database_url, "jdbc:postgresql://psql-boxoffice-test-abc123.postgres.database.azure.com:5432/boxoffice?")
    error_message = "The connection is encrypted, and the server's certificate and name are checked."
  }
}

run "the_exporter_has_a_role_of_its_own" {
  command = plan
  variables { versions = { database_administrator = 1, database_app = 1, database_monitoring = 3, operator_token = 1, grafana_admin = 1, discord_webhook = 0, redis_url = 0, rabbitmq_url = 0, smtp_url = 0, oidc_client_secret = 0, payment_token = 0, payment_callback_secret = 0 } }

  assert {
    condition     = !contains([local.app_user, var.database.administrator_login], local.exporter_user)
    error_message = "It signs in neither as the API nor as the administrator."
  }

  assert {
    condition     = kubernetes_secret_v1.this["postgres-exporter"].data_wo_revision == 3 && kubernetes_secret_v1.this["boxoffice-database"].data_wo_revision == 1
    error_message = "A raised version writes its Secret again, and no other."
  }
}

run "the_exporter_reaches_the_server_itself_and_verifies_it" {
  command = plan

  assert {
    condition     = local.exporter_uri == "psql-boxoffice-test-abc123.postgres.database.azure.com:5432/boxoffice?sslmode=verify-full"
    error_message = "Not PgBouncer's port; the connection is encrypted, and the server's certificate and name are checked."
  }
}

run "refuses_the_administrator_as_the_exporters_role" {
  command = plan
  variables { database = { host = "psql.postgres.database.azure.com", name = "boxoffice", administrator_login = "boxoffice_monitoring" } }
  expect_failures = [var.database]
}

run "refuses_the_administrator_as_the_apis_role" {
  command = plan
  variables { database = { host = "psql.postgres.database.azure.com", name = "boxoffice", administrator_login = "boxoffice_b" } }
  expect_failures = [var.database]
}

run "refuses_a_short_password" {
  command = plan

  variables {
    passwords = {
      database_administrator = "administrator-password-of-the-test"
      database_app           = "short"
      database_monitoring    = "monitoring-password-of-the-test"
      operator_token         = "operator-token-of-the-test-only"
      grafana_admin          = "grafana-password-of-the-test-only"
    }
  }
  expect_failures = [var.passwords]
}

run "refuses_version_zero" {
  command = plan
  variables { versions = { database_administrator = 1, database_app = 0, database_monitoring = 1, operator_token = 1, grafana_admin = 1, discord_webhook = 0, redis_url = 0, rabbitmq_url = 0, smtp_url = 0, oidc_client_secret = 0, payment_token = 0, payment_callback_secret = 0 } }
  expect_failures = [var.versions]
}

run "refuses_the_default_namespace" {
  command = plan
  variables { namespace = "default" }
  expect_failures = [var.namespace]
}

run "a_deployment_reads_the_address" {
  command = plan

  assert {
    condition     = kubernetes_config_map_v1.address.metadata[0].name == "boxoffice-address" && kubernetes_config_map_v1.address.data["host"] == "tickets.example.com"
    error_message = ".github/scripts/public-url reads the key host of boxoffice-address."
  }
}

run "refuses_an_address_with_a_scheme" {
  command = plan
  variables { public_host = "https://tickets.example.com" }
  expect_failures = [var.public_host]
}
