mock_provider "azurerm" {
  mock_data "azurerm_client_config" {
    defaults = { tenant_id = "22222222-2222-2222-2222-222222222222" }
  }

  mock_resource "azurerm_key_vault" {
    defaults = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.KeyVault/vaults/kv-boxoffice-test-abc123" }
  }
}

variables {
  context = {
    name                = "boxoffice-test"
    location            = "northeurope"
    resource_group_name = "rg-boxoffice-test"
    tags                = { application = "boxoffice", environment = "test", "managed-by" = "terraform" }
  }
  suffix           = "abc123"
  purge_protection = true
  secrets          = { "database-administrator" = 1, "operator-token" = 3 }
}

run "no_state_contains_a_password" {
  command = apply

  assert {
    condition     = alltrue([for secret in azurerm_key_vault_secret.this : secret.value == null && secret.value_wo == null])
    error_message = "The state must not contain a password."
  }

  assert {
    condition     = azurerm_key_vault_secret.this["operator-token"].value_wo_version == 3
    error_message = "Its version is what the state remembers."
  }
}

run "a_raised_version_writes_that_secret_again" {
  command = apply
  variables { secrets = { "database-administrator" = 2, "operator-token" = 3 } }

  assert {
    condition     = azurerm_key_vault_secret.this["database-administrator"].value_wo_version == 2 && azurerm_key_vault_secret.this["operator-token"].value_wo_version == 3
    error_message = "One secret's version rises, the other's stays."
  }
}

run "roles_decide" {
  command = plan

  assert {
    condition     = azurerm_key_vault.this.rbac_authorization_enabled && azurerm_key_vault.this.purge_protection_enabled
    error_message = "Entra roles and not access policies; purging before the end of retention is not possible."
  }

  assert {
    condition     = azurerm_key_vault.this.tags["environment"] == "test" && alltrue([for secret in azurerm_key_vault_secret.this : secret.tags["environment"] == "test"])
    error_message = "Tagged."
  }
}

run "ranges_close_the_vault" {
  command = plan
  variables { ip_ranges = ["203.0.113.0/24"] }

  assert {
    condition     = azurerm_key_vault.this.network_acls[0].default_action == "Deny" && azurerm_key_vault.this.network_acls[0].bypass == "None"
    error_message = "With ranges, the vault rejects other addresses."
  }
}

run "refuses_version_zero" {
  command = plan
  variables { secrets = { "operator-token" = 0 } }
  expect_failures = [var.secrets]
}

run "refuses_half_a_version" {
  command = plan
  variables { secrets = { "operator-token" = 1.5 } }
  expect_failures = [var.secrets]
}
