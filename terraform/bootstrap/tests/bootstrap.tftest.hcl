# Planned and not applied: a test would have to destroy the states' storage, which prevent_destroy forbids.

mock_provider "azurerm" {
  mock_data "azurerm_role_definition" {
    defaults = { role_definition_id = "55555555-5555-5555-5555-555555555555" }
  }
}

variables {
  subscription_id          = "00000000-0000-0000-0000-000000000000"
  administrator_object_ids = ["44444444-4444-4444-4444-444444444444"]
  github_subjects = {
    image = ["repo:o/n:ref:refs/heads/main"]
    plan  = ["repo:o/n:pull_request", "repo:o/n:ref:refs/heads/main"]
  }
  environments = {
    dev  = { github_environment = "staging", github_subjects = { apply = ["repo:o/n:environment:staging"], deploy = ["repo:o/n:environment:staging"] } }
    prod = { github_environment = "production", github_subjects = { apply = ["repo:o/n:environment:production"], deploy = ["repo:o/n:environment:production"] } }
  }
}

run "states_are_versioned_and_need_an_identity" {
  command = plan

  assert {
    condition     = azurerm_storage_account.state.shared_access_key_enabled == false && azurerm_storage_account.state.allow_nested_items_to_be_public == false && azurerm_storage_account.state.min_tls_version == "TLS1_2"
    error_message = "Entra identities only, over TLS 1.2."
  }

  assert {
    condition     = azurerm_storage_account.state.blob_properties[0].versioning_enabled && azurerm_storage_account.state.blob_properties[0].delete_retention_policy[0].days == 30
    error_message = "A state that was overwritten or deleted can be brought back."
  }

  assert {
    condition     = toset(keys(azurerm_storage_container.state)) == toset(["bootstrap", "dev", "prod"])
    error_message = "A container for each environment."
  }
}

run "the_paired_region_accepts_new_subscriptions" {
  command = plan

  assert {
    condition     = azurerm_resource_group.shared.location == "northeurope" && alltrue([for group in azurerm_resource_group.environment : group.location == "northeurope"])
    error_message = "North Europe, the pair of West Europe. platform has the same default."
  }
}

run "azure_may_create_what_the_roots_need" {
  command = plan

  assert {
    condition = length(setsubtract(
      ["Compute", "ContainerRegistry", "ContainerService", "DBforPostgreSQL", "Insights", "KeyVault", "ManagedIdentity", "Network", "OperationalInsights", "Storage"],
      [for provider in local.resource_providers : trimprefix(provider, "Microsoft.")],
    )) == 0
    error_message = "A new subscription has registered none of these. The nodes of AKS need Compute."
  }
}

run "each_kind_of_job_has_an_identity" {
  command = plan

  assert {
    condition     = toset(keys(azurerm_user_assigned_identity.github)) == toset(["image", "plan", "apply-dev", "apply-prod", "deploy-dev", "deploy-prod"])
    error_message = "One for images, one for plans, two for each environment."
  }

  assert {
    condition     = length(azurerm_federated_identity_credential.github) == 7 && azurerm_federated_identity_credential.github["deploy-prod-0"].subject == "repo:o/n:environment:production"
    error_message = "The subjects are what the variables say."
  }
}

run "pull_requests_change_nothing" {
  command = plan

  assert {
    condition = alltrue([
      for key, grant in local.grants : contains(["Reader", "Key Vault Secrets User", "Azure Kubernetes Service Cluster User Role", "Storage Blob Data Reader"], grant.role)
      if startswith(key, "plan-") || startswith(key, "plan/")
    ])
    error_message = "The identity that plans reads, and nothing else."
  }
}

run "no_identity_may_assign_more_than_two_roles" {
  command = plan

  assert {
    condition     = alltrue([for assignment in azurerm_role_assignment.assigner : assignment.condition_version == "2.0" && length(regexall("ForAnyOfAnyValues:GuidEquals", assignment.condition)) == 2])
    error_message = "Giving and taking roles is bound to those that platform needs."
  }

  assert {
    condition     = toset(keys(data.azurerm_role_definition.given_by_platform)) == toset(["AcrPull", "Network Contributor"])
    error_message = "To pull images, and to use the network."
  }
}

run "github_variables_contain_no_secret" {
  command = plan

  assert {
    condition     = toset(keys(output.github_variables.environments)) == toset(["staging", "production"]) && output.github_variables.environments["staging"].TERRAFORM_ENVIRONMENT == "dev"
    error_message = "Each GitHub environment knows its own."
  }

  assert {
    condition     = alltrue([for name in keys(output.github_variables.repository) : !can(regex("KEY|SECRET|PASSWORD|TOKEN", name))])
    error_message = "No long-lived secret."
  }
}

run "refuses_to_apply_from_a_pull_request" {
  command = plan

  variables {
    environments = {
      dev = { github_environment = "staging", github_subjects = { apply = ["repo:o/n:pull_request"], deploy = ["repo:o/n:environment:staging"] } }
    }
  }
  expect_failures = [var.environments]
}

run "refuses_wildcards" {
  command = plan

  variables {
    github_subjects = { image = ["repo:o/n:*"], plan = ["repo:o/n:pull_request"] }
  }
  expect_failures = [var.github_subjects]
}

run "refuses_images_from_a_pull_request" {
  command = plan

  variables {
    github_subjects = { image = ["repo:o/n:pull_request"], plan = ["repo:o/n:pull_request"] }
  }
  expect_failures = [var.github_subjects]
}
