# Makes every password, and is the one place that keeps them. A password goes from the generator into the vault by a
# write-only argument, and is read back by ephemeral resources: no state and no plan ever holds it.

data "azurerm_client_config" "current" {}

resource "azurerm_key_vault" "this" {
  name                       = "kv-${var.name}-${var.suffix}"
  location                   = var.location
  resource_group_name        = var.resource_group_name
  tenant_id                  = data.azurerm_client_config.current.tenant_id
  sku_name                   = "standard"
  rbac_authorization_enabled = true
  soft_delete_retention_days = var.soft_delete_days
  purge_protection_enabled   = var.purge_protection
  tags                       = var.tags

  network_acls {
    bypass         = "None"
    default_action = length(var.ip_ranges) > 0 ? "Deny" : "Allow"
    ip_rules       = var.ip_ranges
  }
}

ephemeral "random_password" "this" {
  for_each = var.secrets

  length = 40
  # Letters and digits only, so that no shell, URL or configuration file has to quote it; 238 bits all the same.
  special = false
}

resource "azurerm_key_vault_secret" "this" {
  for_each = var.secrets

  name             = each.key
  key_vault_id     = azurerm_key_vault.this.id
  value_wo         = ephemeral.random_password.this[each.key].result
  value_wo_version = each.value
  content_type     = "password"
  tags             = var.tags
}
