output "id" {
  description = "The cluster's id, available when its nodes may pull images."
  value       = azurerm_kubernetes_cluster.this.id
  depends_on  = [azurerm_role_assignment.pull]
}

output "name" {
  description = "The cluster's name."
  value       = azurerm_kubernetes_cluster.this.name
}

output "oidc_issuer_url" {
  description = "The issuer of the tokens of the cluster's service accounts, for workload identity."
  value       = azurerm_kubernetes_cluster.this.oidc_issuer_url
}
