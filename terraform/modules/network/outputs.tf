output "nodes_subnet_id" {
  description = "Where the nodes live."
  value       = azurerm_subnet.nodes.id
  # The cluster's load balancer holds the address, so at the end the cluster goes first.
  depends_on = [azurerm_public_ip.api]
}

output "database_subnet_id" {
  description = "The subnet delegated to PostgreSQL, once its rules are in place."
  value       = azurerm_subnet_network_security_group_association.database.subnet_id
}

output "database_dns_zone_id" {
  description = "The zone that PostgreSQL's name is in, once the network resolves it."
  value       = azurerm_private_dns_zone_virtual_network_link.database.private_dns_zone_id
}

output "public_ip_name" {
  description = "What the API's Service names in its annotation azure-pip-name."
  value       = azurerm_public_ip.api.name
}

output "public_address" {
  description = "The API's address."
  value       = azurerm_public_ip.api.ip_address
}

output "public_fqdn" {
  description = "The API's DNS name in Azure's domain."
  value       = azurerm_public_ip.api.fqdn
}
