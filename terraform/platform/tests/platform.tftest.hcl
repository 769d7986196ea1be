# With the real provider and a stand-in for the sign-in to Azure: a mocked provider has no ephemeral resources. Planned, not applied: then
# the vault's version is unknown, so Terraform does not open the ephemeral resource, as in the first plan.

variables {
  subscription_id      = "00000000-0000-0000-0000-000000000000"
  registry_id          = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-shared/providers/Microsoft.ContainerRegistry/registries/crboxofficeabc123"
  environment          = "dev"
  authorized_ip_ranges = ["203.0.113.7/32"]
  deletion_protection  = false
  cluster = {
    sku_tier    = "Free"
    system_pool = { vm_size = "Standard_D2as_v5", min_count = 1, max_count = 3 }
  }
  database = { sku_name = "B_Standard_B1ms" }
}

run "names_are_as_documented" {
  command = plan

  assert {
    condition     = output.resource_group_name == "rg-boxoffice-dev" && output.cluster_name == "aks-boxoffice-dev" && output.public_ip_name == "pip-boxoffice-dev"
    error_message = "The manifests contain these names."
  }

  assert {
    condition     = can(regex("^psql-boxoffice-dev-[0-9a-f]{6}$", output.database_server_name)) && can(regex("^kv-boxoffice-dev-[0-9a-f]{6}$", output.key_vault_name))
    error_message = "The rest carries a suffix, the same every time."
  }
}

run "the_version_and_the_region_have_a_default" {
  command = plan

  assert {
    condition     = var.cluster.kubernetes_version == "1.35"
    error_message = "No minor version that Azure chooses."
  }

  assert {
    condition     = var.location == "northeurope"
    error_message = "The region of bootstrap, whose pair accepts new subscriptions."
  }
}

run "the_workload_gets_names_and_numbers_and_no_secret" {
  command = plan

  assert {
    condition     = toset(keys(output.workload)) == toset(["subscription_id", "resource_group_name", "cluster_name", "key_vault_id", "public_host", "secret_versions", "database"])
    error_message = "Exactly what the workload root declares."
  }

  assert {
    condition     = toset(keys(output.workload.database)) == toset(["host", "name", "administrator_login"])
    error_message = "No password among them."
  }
}

run "the_vault_has_every_generated_secret" {
  command = plan

  assert {
    condition     = toset([for name in keys(module.keyvault.versions) : replace(name, "-", "_")]) == setsubtract(keys(output.workload.secret_versions), ["discord_webhook", "redis_url", "rabbitmq_url", "smtp_url", "oidc_client_secret", "payment_token", "payment_callback_secret"])
    error_message = "The workload root reads each of them; an operator stores the others."
  }
}

run "refuses_to_unprotect_production" {
  command = plan
  variables { environment = "prod" }
  expect_failures = [var.deletion_protection]
}

run "refuses_a_cluster_that_cannot_be_upgraded" {
  command = plan
  variables { cluster = { sku_tier = "Free", system_pool = { vm_size = "Standard_D2as_v5", min_count = 1, max_count = 1 } } }
  expect_failures = [var.cluster]
}

run "refuses_no_range_at_all" {
  command = plan
  variables { authorized_ip_ranges = [] }
  expect_failures = [var.authorized_ip_ranges]
}

run "no_prometheus_of_azure_unless_asked_for" {
  command = plan

  assert {
    condition     = output.prometheus_query_endpoint == null
    error_message = "The Prometheus in the cluster costs nothing more."
  }
}

run "refuses_a_tag_of_its_own" {
  command = plan
  variables { tags = { environment = "another" } }
  expect_failures = [var.tags]
}

run "a_domain_of_your_own_is_the_shops_name" {
  command = plan
  variables { domain = "tickets.example.com" }

  assert {
    condition     = output.public_host == "tickets.example.com" && output.workload.public_host == "tickets.example.com"
    error_message = "The gateway and the certificate are for this name."
  }
}

run "refuses_a_domain_with_a_scheme" {
  command = plan
  variables { domain = "https://tickets.example.com" }
  expect_failures = [var.domain]
}

run "no_redis_unless_asked_for" {
  command = plan

  assert {
    condition     = length(module.redis) == 0 && output.redis_name == null && output.redis_address == null
    error_message = "The shop works without Redis, and Redis costs money."
  }
}

run "redis_if_asked_for" {
  command = plan
  variables { redis = {} }

  assert {
    condition     = can(regex("^redis-boxoffice-dev-[0-9a-f]{6}$", output.redis_name)) && output.redis_address == "${output.redis_name}.northeurope.redis.azure.net:10000"
    error_message = "docs/secrets.md makes the URL of these."
  }
}

run "redis_as_asked_for" {
  command = plan

  variables {
    redis           = { sku_name = "Balanced_B3", high_availability = true }
    secret_versions = { redis_url = 1 }
  }

  assert {
    condition     = output.workload.secret_versions.redis_url == 1
    error_message = "The workload root writes the URL that an operator stored."
  }
}

run "refuses_a_redis_of_another_service" {
  command = plan
  variables { redis = { sku_name = "Premium" } }
  expect_failures = [var.redis]
}

run "refuses_half_a_version" {
  command = plan
  variables { secret_versions = { smtp_url = 0.5 } }
  expect_failures = [var.secret_versions]
}
