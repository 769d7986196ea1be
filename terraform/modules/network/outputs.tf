output "nodes_subnet_id" {
  description = "The subnet of the nodes."
  value       = azurerm_subnet.nodes.id
  # The cluster's load balancer uses the address, so Terraform must destroy the cluster first.
  depends_on = [azurerm_public_ip.api]
}

output "virtual_network" {
  description = "The id and the name of the network."
  value       = { id = azurerm_virtual_network.this.id, name = azurerm_virtual_network.this.name }
}

output "nodes_range" {
  description = "The addresses of the nodes."
  value       = local.nodes_range
}

output "redis_range" {
  description = "Addresses that are free for a subnet of Redis."
  value       = local.redis_range
}

output "database_subnet_id" {
  description = "The subnet delegated to PostgreSQL, available when its rules exist."
  value       = azurerm_subnet_network_security_group_association.database.subnet_id
}

output "database_dns_zone_id" {
  description = "The DNS zone of PostgreSQL's name, available when the network resolves it."
  value       = azurerm_private_dns_zone_virtual_network_link.database.private_dns_zone_id
}

output "public_ip_name" {
  description = "The value of the annotation azure-pip-name of the Gateway."
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

output "outbound_address_id" {
  description = "The address of the nodes' own calls."
  value       = azurerm_public_ip.outbound.id
}
