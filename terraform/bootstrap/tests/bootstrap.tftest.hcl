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
  }
  environments = {
    dev = {
      github_environment = "staging"
      github_subjects = {
        plan   = ["repo:o/n:pull_request", "repo:o/n:ref:refs/heads/main"]
        apply  = ["repo:o/n:environment:staging-terraform"]
        deploy = ["repo:o/n:environment:staging"]
      }
    }
    prod = {
      github_environment = "production"
      github_subjects = {
        plan   = ["repo:o/n:ref:refs/heads/main"]
        apply  = ["repo:o/n:environment:production-terraform"]
        deploy = ["repo:o/n:environment:production"]
      }
    }
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
      ["Cache", "Compute", "ContainerRegistry", "ContainerService", "DBforPostgreSQL", "Insights", "KeyVault", "ManagedIdentity", "Monitor", "Network", "OperationalInsights", "OperationsManagement", "Storage"],
      [for provider in local.resource_providers : trimprefix(provider, "Microsoft.")],
    )) == 0
    error_message = "A new subscription has registered none of these. The nodes of AKS need Compute."
  }
}

run "each_kind_of_job_has_an_identity" {
  command = plan

  assert {
    condition     = toset(keys(azurerm_user_assigned_identity.github)) == toset(["image", "plan-dev", "plan-prod", "apply-dev", "apply-prod", "deploy-dev", "deploy-prod"])
    error_message = "One for images, three for each environment."
  }

  assert {
    condition     = length(azurerm_federated_identity_credential.github) == 8 && azurerm_federated_identity_credential.github["deploy-prod-0"].subject == "repo:o/n:environment:production"
    error_message = "The subjects are what the variables say."
  }
}

run "pull_requests_change_nothing" {
  command = plan

  assert {
    condition = alltrue([
      for key, grant in local.grants : contains(["Reader", "Key Vault Secrets User", "Azure Kubernetes Service Cluster User Role", "Storage Blob Data Reader"], grant.role)
      if startswith(key, "plan-")
    ])
    error_message = "The identities that plan read, and nothing else."
  }
}

run "pull_requests_read_nothing_of_production" {
  command = plan

  override_resource {
    target          = azurerm_resource_group.environment["prod"]
    override_during = plan
    values          = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-prod" }
  }

  override_resource {
    target          = azurerm_storage_container.state["prod"]
    override_during = plan
    values          = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-shared/providers/Microsoft.Storage/storageAccounts/st/blobServices/default/containers/prod" }
  }

  override_resource {
    target          = azurerm_resource_group.environment["dev"]
    override_during = plan
    values          = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-dev" }
  }

  override_resource {
    target          = azurerm_storage_container.state["dev"]
    override_during = plan
    values          = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-shared/providers/Microsoft.Storage/storageAccounts/st/blobServices/default/containers/dev" }
  }

  override_resource {
    target          = azurerm_user_assigned_identity.github["plan-dev"]
    override_during = plan
    values          = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-shared/providers/Microsoft.ManagedIdentity/userAssignedIdentities/plan-dev", principal_id = "66666666-6666-6666-6666-666666666666" }
  }

  override_resource {
    target          = azurerm_user_assigned_identity.github["plan-prod"]
    override_during = plan
    values          = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-shared/providers/Microsoft.ManagedIdentity/userAssignedIdentities/plan-prod", principal_id = "77777777-7777-7777-7777-777777777777" }
  }

  assert {
    condition     = [for key, credential in azurerm_federated_identity_credential.github : local.credentials[key].identity if endswith(credential.subject, ":pull_request")] == ["plan-dev"]
    error_message = "A pull request signs in as the identity that plans dev."
  }

  assert {
    condition = toset([
      for key, grant in local.grants : grant.scope if key != "plan-dev/registry" && startswith(key, "plan-dev/")
    ]) == toset(["/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-dev", "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-shared/providers/Microsoft.Storage/storageAccounts/st/blobServices/default/containers/dev"])
    error_message = "That identity has rights on the group and the state of dev, and on the registry."
  }

  assert {
    condition = alltrue([
      for key, grant in local.grants : grant.principal == (startswith(key, "plan-dev/") ? "66666666-6666-6666-6666-666666666666" : "77777777-7777-7777-7777-777777777777")
      if startswith(key, "plan-")
    ])
    error_message = "The identity that plans production is another one."
  }
}

run "refuses_pull_requests_that_plan_production" {
  command = plan

  variables {
    environments = {
      prod = { github_environment = "production", github_subjects = { plan = ["repo:o/n:pull_request"], apply = ["repo:o/n:environment:production-terraform"], deploy = ["repo:o/n:environment:production"] } }
    }
  }
  expect_failures = [var.environments]
}

run "refuses_one_subject_for_apply_and_deploy" {
  command = plan

  variables {
    environments = {
      dev = { github_environment = "staging", github_subjects = { plan = ["repo:o/n:pull_request"], apply = ["repo:o/n:environment:staging"], deploy = ["repo:o/n:environment:staging"] } }
    }
  }
  expect_failures = [var.environments]
}

run "refuses_wildcards_in_plans" {
  command = plan

  variables {
    environments = {
      dev = { github_environment = "staging", github_subjects = { plan = ["repo:o/n:*"], apply = ["repo:o/n:environment:staging-terraform"], deploy = ["repo:o/n:environment:staging"] } }
    }
  }
  expect_failures = [var.environments]
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

run "administrators_read_the_logs" {
  command = plan

  assert {
    condition     = [for key, grant in local.grants : key if grant.role == "Log Analytics Reader"] == ["administrators-dev-44444444-4444-4444-4444-444444444444/Log Analytics Reader", "administrators-prod-44444444-4444-4444-4444-444444444444/Log Analytics Reader"]
    error_message = "Administrators of an environment find the lines of pods that are gone."
  }
}

run "a_job_that_deploys_may_change_the_ranges_of_the_api_server" {
  command = plan

  assert {
    condition = toset(azurerm_role_definition.api_server.permissions[0].actions) == toset([
      "Microsoft.ContainerService/managedClusters/read",
      "Microsoft.ContainerService/managedClusters/write",
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
      "Microsoft.ManagedIdentity/userAssignedIdentities/read",
      "Microsoft.Network/publicIPAddresses/join/action",
      "Microsoft.Network/publicIPAddresses/read",
      "Microsoft.Network/virtualNetworks/subnets/join/action",
      "Microsoft.Network/virtualNetworks/subnets/read",
      "Microsoft.OperationalInsights/workspaces/read",
      "Microsoft.OperationalInsights/workspaces/sharedkeys/read",
    ])
    error_message = "The cluster, and what Azure checks when a job sends the whole cluster back. Nothing more."
  }
}

run "a_plan_may_read_the_template_of_redis" {
  command = plan

  assert {
    condition     = toset(azurerm_role_definition.templates.permissions[0].actions) == toset(["Microsoft.Resources/deployments/exportTemplate/action"])
    error_message = "It changes nothing, and reads no key of Redis."
  }

  assert {
    condition     = toset(keys(azurerm_role_assignment.templates)) == toset(["dev", "prod"])
    error_message = "In each environment."
  }
}

run "github_variables_contain_no_secret" {
  command = plan

  assert {
    condition     = toset(keys(output.github_variables.environments)) == toset(["staging", "staging-terraform", "production", "production-terraform"]) && output.github_variables.environments["staging-terraform"].TERRAFORM_ENVIRONMENT == "dev"
    error_message = "Each GitHub environment knows its own."
  }

  assert {
    condition     = alltrue([for name, variables in output.github_variables.environments : contains(keys(variables), "AZURE_CLIENT_ID_APPLY") == endswith(name, "-terraform") && contains(keys(variables), "AZURE_CLIENT_ID_DEPLOY") != endswith(name, "-terraform")])
    error_message = "A job that deploys does not get the identity that applies."
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
      dev = { github_environment = "staging", github_subjects = { plan = ["repo:o/n:pull_request"], apply = ["repo:o/n:pull_request"], deploy = ["repo:o/n:environment:staging"] } }
    }
  }
  expect_failures = [var.environments]
}

run "refuses_wildcards" {
  command = plan

  variables {
    github_subjects = { image = ["repo:o/n:*"] }
  }
  expect_failures = [var.github_subjects]
}

run "refuses_images_from_a_pull_request" {
  command = plan

  variables {
    github_subjects = { image = ["repo:o/n:pull_request"] }
  }
  expect_failures = [var.github_subjects]
}
