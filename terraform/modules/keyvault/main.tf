# Generates every password and stores it in the vault, the only place that keeps it. A write-only argument stores it, and
# ephemeral resources read it back, so no state and no plan contains it.

data "azurerm_client_config" "current" {}

resource "azurerm_key_vault" "this" {
  name                       = "kv-${var.context.name}-${var.suffix}"
  location                   = var.context.location
  resource_group_name        = var.context.resource_group_name
  tenant_id                  = data.azurerm_client_config.current.tenant_id
  sku_name                   = "standard"
  rbac_authorization_enabled = true
  soft_delete_retention_days = var.soft_delete_days
  purge_protection_enabled   = var.purge_protection
  tags                       = var.context.tags

  network_acls {
    bypass         = "None"
    default_action = length(var.ip_ranges) > 0 ? "Deny" : "Allow"
    ip_rules       = var.ip_ranges
  }
}

ephemeral "random_password" "this" {
  for_each = var.secrets

  length = 40
  # Letters and digits only, so that shells, URLs and configuration files need no quotes. It still has 238 bits.
  special = false
}

resource "azurerm_key_vault_secret" "this" {
  for_each = var.secrets

  name             = each.key
  key_vault_id     = azurerm_key_vault.this.id
  value_wo         = ephemeral.random_password.this[each.key].result
  value_wo_version = each.value
  content_type     = "password"
  tags             = var.context.tags
}
