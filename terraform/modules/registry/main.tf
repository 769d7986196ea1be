# The image registry of all environments. It accepts Entra identities only, no user names or passwords.

resource "azurerm_container_registry" "this" {
  name                     = "cr${replace(var.context.name, "-", "")}${var.suffix}"
  location                 = var.context.location
  resource_group_name      = var.context.resource_group_name
  sku                      = var.sku
  admin_enabled            = false
  retention_policy_in_days = var.sku == "Premium" ? 30 : null
  tags                     = var.context.tags
}
