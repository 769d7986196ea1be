mock_provider "azurerm" {}

variables {
  context = {
    name                = "boxoffice"
    location            = "northeurope"
    resource_group_name = "rg-boxoffice-shared"
    tags                = { application = "boxoffice", environment = "shared", "managed-by" = "terraform" }
  }
  suffix = "abc123"
}

run "no_password_and_no_public_access" {
  command = plan

  assert {
    condition     = azurerm_container_registry.this.admin_enabled == false
    error_message = "No administrator with a password; Entra identities only."
  }

  assert {
    condition     = azurerm_container_registry.this.name == "crboxofficeabc123" && azurerm_container_registry.this.tags["environment"] == "shared"
    error_message = "Named and tagged."
  }
}

run "only_premium_cleans_up" {
  command = plan
  variables { sku = "Premium" }

  assert {
    condition     = azurerm_container_registry.this.retention_policy_in_days == 30
    error_message = "Premium deletes untagged images after 30 days."
  }
}

run "basic_has_no_retention_policy" {
  command = plan

  assert {
    condition     = azurerm_container_registry.this.retention_policy_in_days == null
    error_message = "Basic has no retention policy."
  }
}

run "refuses_other_skus" {
  command = plan
  variables { sku = "Free" }
  expect_failures = [var.sku]
}
