output "context" {
  description = "The variable context of the other modules."
  value = {
    name                = var.name
    location            = var.location
    resource_group_name = var.resource_group_name
    resource_group_id   = "/subscriptions/${var.subscription_id}/resourceGroups/${var.resource_group_name}"
    tags                = var.tags
  }
}
