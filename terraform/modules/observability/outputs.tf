output "workspace_id" {
  description = "The Log Analytics workspace's id, for the cluster's agent."
  value       = azurerm_log_analytics_workspace.this.id
}

output "workspace_name" {
  description = "The Log Analytics workspace."
  value       = azurerm_log_analytics_workspace.this.name
}

output "prometheus_query_endpoint" {
  description = "The address for queries of the Prometheus of Azure, or null without it."
  value       = one(azurerm_monitor_workspace.this[*].query_endpoint)
}
