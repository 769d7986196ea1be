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

output "replica_fqdn" {
  description = "The read replica's name in DNS, for READ_DATABASE_URL; null where there is none."
  value       = one(azurerm_postgresql_flexible_server.replica[*].fqdn)
}

output "virtual_endpoint" {
  description = "The names that follow a promotion; null where there are none."
  value = try(var.replica.virtual_endpoint, null) == null ? null : {
    writer = "${var.replica.virtual_endpoint}.writer.postgres.database.azure.com"
    reader = "${var.replica.virtual_endpoint}.reader.postgres.database.azure.com"
  }
}
