output "id" {
  description = "The server's id."
  value       = azurerm_postgresql_flexible_server.this.id
}

output "name" {
  description = "The server's name."
  value       = azurerm_postgresql_flexible_server.this.name
}

output "fqdn" {
  description = "The server's name in DNS, known inside the network only."
  value       = azurerm_postgresql_flexible_server.this.fqdn
}

output "database_name" {
  description = "The database."
  value       = azurerm_postgresql_flexible_server_database.this.name
}

output "administrator_login" {
  description = "The administrator's name."
  value       = azurerm_postgresql_flexible_server.this.administrator_login
}

output "pooler_port" {
  description = "PgBouncer's port, or null where there is none."
  value       = local.pooler ? 6432 : null
}
