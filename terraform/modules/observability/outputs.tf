output "workspace_name" {
  description = "The Log Analytics workspace."
  value       = azurerm_log_analytics_workspace.this.name
}
