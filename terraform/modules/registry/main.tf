# Where images are pushed once and pulled from by every environment. No user name, no password: Entra identities only.

resource "azurerm_container_registry" "this" {
  name                     = "cr${replace(var.name, "-", "")}${var.suffix}"
  location                 = var.location
  resource_group_name      = var.resource_group_name
  sku                      = var.sku
  admin_enabled            = false
  retention_policy_in_days = var.sku == "Premium" ? 30 : null
  tags                     = var.tags
}
