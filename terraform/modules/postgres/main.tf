# A PostgreSQL that only the virtual network can reach. Terraform sends its password and does not store it.

locals {
  burstable = startswith(var.sku_name, "B_")
  pooler    = var.pooler && !local.burstable

  # The API's pool sends its time limits when it connects. PgBouncer ignores them, so the role has them too.
  pooler_parameters = {
    "pgbouncer.ignore_startup_parameters" = "extra_float_digits,statement_timeout,lock_timeout,idle_in_transaction_session_timeout"
    "pgbouncer.max_prepared_statements"   = "200"
  }
}

resource "azurerm_postgresql_flexible_server" "this" {
  name                = var.server_name
  location            = var.context.location
  resource_group_name = var.context.resource_group_name
  tags                = var.context.tags

  version           = var.postgres_version
  sku_name          = var.sku_name
  storage_mb        = var.storage_gb * 1024
  auto_grow_enabled = true

  administrator_login               = var.administrator_login
  administrator_password_wo         = var.administrator_password
  administrator_password_wo_version = var.administrator_password_version

  delegated_subnet_id           = var.subnet_id
  private_dns_zone_id           = var.dns_zone_id
  public_network_access_enabled = false

  backup_retention_days        = var.backup_retention_days
  geo_redundant_backup_enabled = var.geo_redundant_backup

  authentication {
    password_auth_enabled         = true
    active_directory_auth_enabled = false
  }

  dynamic "high_availability" {
    for_each = var.high_availability ? [var.high_availability_mode] : []

    content {
      mode = high_availability.value
    }
  }

  maintenance_window {
    day_of_week  = var.maintenance_window.day_of_week
    start_hour   = var.maintenance_window.start_hour
    start_minute = 0
  }

  lifecycle {
    # Azure selects the zones, and a failover swaps them. Azure also enlarges the disk, and a plan with the smaller size would
    # replace the server.
    ignore_changes = [zone, high_availability[0].standby_availability_zone, storage_mb]
  }
}

# A read replica: an asynchronous copy that serves reads, and that a person can promote. Terraform knows no password of it: it has the
# roles of its source.
resource "azurerm_postgresql_flexible_server" "replica" {
  count = var.replica == null ? 0 : 1

  name                = var.replica.server_name
  location            = coalesce(var.replica.location, var.context.location)
  resource_group_name = var.context.resource_group_name
  tags                = var.context.tags

  create_mode      = "Replica"
  source_server_id = azurerm_postgresql_flexible_server.this.id

  # A promotion to primary needs the same machine and storage as the source.
  version           = var.postgres_version
  sku_name          = var.sku_name
  storage_mb        = var.storage_gb * 1024
  auto_grow_enabled = true

  delegated_subnet_id           = coalesce(var.replica.subnet_id, var.subnet_id)
  private_dns_zone_id           = coalesce(var.replica.dns_zone_id, var.dns_zone_id)
  public_network_access_enabled = false

  backup_retention_days = var.backup_retention_days

  maintenance_window {
    day_of_week  = var.maintenance_window.day_of_week
    start_hour   = var.maintenance_window.start_hour
    start_minute = 0
  }

  lifecycle {
    # A promotion swaps the two servers' roles, and a plan must not replace one of them.
    ignore_changes = [zone, storage_mb, create_mode, source_server_id, high_availability]
  }
}

resource "azurerm_postgresql_flexible_server_configuration" "replica" {
  for_each = var.replica == null ? {} : var.parameters

  server_id = azurerm_postgresql_flexible_server.replica[0].id
  name      = each.key
  value     = each.value
}

# Two names that follow a promotion: NAME.writer.postgres.database.azure.com and NAME.reader.postgres.database.azure.com.
resource "azurerm_postgresql_flexible_server_virtual_endpoint" "this" {
  count = try(var.replica.virtual_endpoint, null) == null ? 0 : 1

  name              = var.replica.virtual_endpoint
  source_server_id  = azurerm_postgresql_flexible_server.this.id
  replica_server_id = azurerm_postgresql_flexible_server.replica[0].id
  type              = "ReadWrite"

  lifecycle {
    # After a promotion, Azure returns them the other way round.
    ignore_changes = [source_server_id, replica_server_id]
  }
}

resource "azurerm_postgresql_flexible_server_database" "this" {
  name      = var.database_name
  server_id = azurerm_postgresql_flexible_server.this.id
  charset   = "UTF8"
  # Sorts by bytes, so that an upgrade of the operating system's locales cannot break an index.
  collation = "C"
}

# PgBouncer's own parameters exist only while it is on.
resource "azurerm_postgresql_flexible_server_configuration" "pooler" {
  count = local.pooler ? 1 : 0

  server_id = azurerm_postgresql_flexible_server.this.id
  name      = "pgbouncer.enabled"
  value     = "true"
}

resource "azurerm_postgresql_flexible_server_configuration" "this" {
  for_each = merge(var.parameters, local.pooler ? local.pooler_parameters : {})

  server_id  = azurerm_postgresql_flexible_server.this.id
  name       = each.key
  value      = each.value
  depends_on = [azurerm_postgresql_flexible_server_configuration.pooler]
}

# Protects against deletion by az, the portal and other tools.
resource "azurerm_management_lock" "this" {
  count = var.deletion_protection ? 1 : 0

  name       = "keep"
  scope      = azurerm_postgresql_flexible_server.this.id
  lock_level = "CanNotDelete"
  notes      = "Sold tickets. docs/deployment.md says how to take it down."
}

# After a promotion, the replica has the only current data.
resource "azurerm_management_lock" "replica" {
  count = var.deletion_protection && var.replica != null ? 1 : 0

  name       = "keep"
  scope      = azurerm_postgresql_flexible_server.replica[0].id
  lock_level = "CanNotDelete"
  notes      = "Sold tickets. docs/high-availability-azure.md says what to do before it is deleted."
}

# Protects against deletion by Terraform itself: a plan that would delete or replace the server or the database must also
# delete this resource, and prevent_destroy forbids that. prevent_destroy accepts no variable, so a variable decides
# whether this resource exists.
resource "terraform_data" "keep" {
  count = var.deletion_protection ? 1 : 0

  triggers_replace = [azurerm_postgresql_flexible_server.this.id, azurerm_postgresql_flexible_server_database.this.id]

  lifecycle {
    prevent_destroy = true
  }
}
