mock_provider "azurerm" {
  mock_resource "azurerm_postgresql_flexible_server" {
    defaults = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-boxoffice-test-abc123" }
  }
}

variables {
  context = {
    name                = "boxoffice-test"
    location            = "northeurope"
    resource_group_name = "rg-boxoffice-test"
    tags                = { application = "boxoffice", environment = "test", "managed-by" = "terraform" }
  }
  server_name                    = "psql-boxoffice-test-abc123"
  subnet_id                      = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.Network/virtualNetworks/vnet/subnets/database"
  dns_zone_id                    = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.Network/privateDnsZones/boxoffice-test.private.postgres.database.azure.com"
  administrator_password         = "a-password-of-the-test-and-of-nothing-else"
  administrator_password_version = 1
  sku_name                       = "GP_Standard_D4ds_v5"
  high_availability              = true
}

run "access_is_private" {
  command = plan

  assert {
    condition     = azurerm_postgresql_flexible_server.this.public_network_access_enabled == false
    error_message = "No public network."
  }

  assert {
    condition     = azurerm_postgresql_flexible_server.this.delegated_subnet_id == var.subnet_id && azurerm_postgresql_flexible_server.this.private_dns_zone_id == var.dns_zone_id
    error_message = "Reached through the delegated subnet, and named in the private zone."
  }
}

run "a_standby_in_another_zone" {
  command = plan

  assert {
    condition     = azurerm_postgresql_flexible_server.this.high_availability[0].mode == "ZoneRedundant"
    error_message = "high_availability makes a standby in another zone."
  }
}

run "none_unless_asked_for" {
  command = plan
  variables { high_availability = false }

  assert {
    condition     = length(azurerm_postgresql_flexible_server.this.high_availability) == 0
    error_message = "Without high_availability there is no standby to pay for."
  }
}

run "a_standby_in_the_same_zone" {
  command = plan
  variables { high_availability_mode = "SameZone" }

  assert {
    condition     = azurerm_postgresql_flexible_server.this.high_availability[0].mode == "SameZone"
    error_message = "high_availability_mode says where the standby is."
  }
}

run "refuses_an_unknown_place_of_the_standby" {
  command = plan
  variables { high_availability_mode = "Elsewhere" }
  expect_failures = [var.high_availability_mode]
}

run "no_replica_unless_asked_for" {
  command = plan

  assert {
    condition     = length(azurerm_postgresql_flexible_server.replica) == 0 && length(azurerm_postgresql_flexible_server_virtual_endpoint.this) == 0 && output.replica_fqdn == null && output.virtual_endpoint == null
    error_message = "A replica costs as much as its source."
  }
}

run "a_replica_like_its_source" {
  command = plan
  variables { replica = { server_name = "psql-boxoffice-test-replica" } }

  assert {
    condition     = azurerm_postgresql_flexible_server.replica[0].create_mode == "Replica" && azurerm_postgresql_flexible_server.replica[0].sku_name == var.sku_name && azurerm_postgresql_flexible_server.replica[0].storage_mb == 32 * 1024
    error_message = "Only a replica with the same machine and storage can become the primary."
  }

  assert {
    condition     = azurerm_postgresql_flexible_server.replica[0].public_network_access_enabled == false && azurerm_postgresql_flexible_server.replica[0].delegated_subnet_id == var.subnet_id && azurerm_postgresql_flexible_server.replica[0].location == "northeurope"
    error_message = "As private as its source, in the same region unless another one is named."
  }

  assert {
    condition     = length(azurerm_postgresql_flexible_server_virtual_endpoint.this) == 0 && length(azurerm_management_lock.replica) == 1 && azurerm_postgresql_flexible_server_configuration.replica["log_lock_waits"].value == "on"
    error_message = "Locked, with the same parameters, and without virtual endpoints unless named."
  }
}

run "a_replica_in_another_region_with_virtual_endpoints" {
  command = plan

  variables {
    replica = {
      server_name      = "psql-boxoffice-test-west"
      location         = "westeurope"
      subnet_id        = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-west/providers/Microsoft.Network/virtualNetworks/vnet-west/subnets/database"
      dns_zone_id      = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-west/providers/Microsoft.Network/privateDnsZones/west.private.postgres.database.azure.com"
      virtual_endpoint = "boxoffice-test"
    }
  }

  assert {
    condition     = azurerm_postgresql_flexible_server.replica[0].location == "westeurope" && endswith(azurerm_postgresql_flexible_server.replica[0].delegated_subnet_id, "vnet-west/subnets/database")
    error_message = "In the other region's network."
  }

  assert {
    condition     = azurerm_postgresql_flexible_server_virtual_endpoint.this[0].type == "ReadWrite" && output.virtual_endpoint.reader == "boxoffice-test.reader.postgres.database.azure.com"
    error_message = "Names that follow a promotion."
  }
}

run "refuses_another_region_without_a_network_there" {
  command = plan
  variables { replica = { server_name = "psql-boxoffice-test-west", location = "westeurope" } }
  expect_failures = [var.replica]
}

run "refuses_a_replica_of_a_burstable_server" {
  command = plan

  variables {
    sku_name          = "B_Standard_B2s"
    high_availability = false
    replica           = { server_name = "psql-boxoffice-test-replica" }
  }

  expect_failures = [var.replica]
}

run "refuses_a_replica_with_the_name_of_its_source" {
  command = plan
  variables { replica = { server_name = "psql-boxoffice-test-abc123" } }
  expect_failures = [var.replica]
}

run "refuses_a_standby_on_a_burstable_server" {
  command = plan
  variables { sku_name = "B_Standard_B2s" }
  expect_failures = [var.high_availability]
}

run "a_burstable_server_without_standby_and_without_pooler" {
  command = plan

  variables {
    sku_name          = "B_Standard_B1ms"
    high_availability = false
    pooler            = true
  }

  assert {
    condition     = length(azurerm_postgresql_flexible_server_configuration.pooler) == 0 && alltrue([for name in keys(azurerm_postgresql_flexible_server_configuration.this) : !startswith(name, "pgbouncer.")])
    error_message = "A burstable server knows no PgBouncer parameter and would refuse it."
  }

  assert {
    condition     = output.pooler_port == null
    error_message = "The server has no port for it either."
  }
}

run "a_pooler_where_the_sku_has_one" {
  command = plan

  assert {
    condition     = azurerm_postgresql_flexible_server_configuration.pooler[0].value == "true" && output.pooler_port == 6432
    error_message = "PgBouncer is on."
  }
}

run "the_password_is_nowhere" {
  command = apply
  variables { deletion_protection = false }

  assert {
    condition     = azurerm_postgresql_flexible_server.this.administrator_password == null && azurerm_postgresql_flexible_server.this.administrator_password_wo == null
    error_message = "The state must not contain the password."
  }

  assert {
    condition     = azurerm_postgresql_flexible_server.this.administrator_password_wo_version == 1
    error_message = "Its version is what the state remembers."
  }
}

run "a_disk_that_azure_enlarged" {
  command   = apply
  state_key = "enlarged"

  variables {
    deletion_protection = false
    storage_gb          = 64
  }
}

run "a_smaller_size_changes_nothing" {
  command   = plan
  state_key = "enlarged"

  variables {
    deletion_protection = false
    storage_gb          = 32
  }

  assert {
    condition     = azurerm_postgresql_flexible_server.this.storage_mb == 64 * 1024
    error_message = "The provider would replace the server, and the sold tickets with it."
  }
}

run "backups_as_asked_for" {
  command = plan

  variables {
    backup_retention_days = 35
    geo_redundant_backup  = true
  }

  assert {
    condition     = azurerm_postgresql_flexible_server.this.backup_retention_days == 35 && azurerm_postgresql_flexible_server.this.geo_redundant_backup_enabled
    error_message = "Kept for 35 days, in the paired region too."
  }
}

run "protected_against_deletion" {
  command = plan

  assert {
    condition     = azurerm_management_lock.this[0].lock_level == "CanNotDelete" && length(terraform_data.keep) == 1
    error_message = "A lock against other tools, and a guard against Terraform."
  }
}

run "a_temporary_database_is_not_protected" {
  command = plan
  variables { deletion_protection = false }

  assert {
    condition     = length(azurerm_management_lock.this) == 0 && length(terraform_data.keep) == 0
    error_message = "A dev environment can be taken down by terraform destroy."
  }
}

run "restarts_in_the_maintenance_window" {
  command = plan
  variables { maintenance_window = { day_of_week = 0, start_hour = 4 } }

  assert {
    condition     = azurerm_postgresql_flexible_server.this.maintenance_window[0].day_of_week == 0 && azurerm_postgresql_flexible_server.this.maintenance_window[0].start_hour == 4
    error_message = "Azure restarts the server when we say."
  }
}

run "default_parameters_come_with_null" {
  command = plan
  variables { parameters = null }

  assert {
    condition     = azurerm_postgresql_flexible_server_configuration.this["log_lock_waits"].value == "on"
    error_message = "null means the module's own parameters."
  }
}

run "everything_is_tagged" {
  command = plan

  assert {
    condition     = azurerm_postgresql_flexible_server.this.tags["environment"] == "test"
    error_message = "The server has the tags."
  }
}

run "refuses_to_lose_acknowledged_sales" {
  command = plan
  variables { parameters = { synchronous_commit = "off" } }
  expect_failures = [var.parameters]
}

run "refuses_a_zone_that_is_not_postgresqls" {
  command = plan
  variables { dns_zone_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/example.com" }
  expect_failures = [var.dns_zone_id]
}

run "refuses_to_be_public" {
  command = plan
  variables { subnet_id = "" }
  expect_failures = [var.subnet_id]
}

run "refuses_short_backups" {
  command = plan
  variables { backup_retention_days = 6 }
  expect_failures = [var.backup_retention_days]
}

run "refuses_the_apis_role_as_administrator" {
  command = plan
  variables { administrator_login = "boxoffice_a" }
  expect_failures = [var.administrator_login]
}

run "refuses_a_short_password" {
  command = plan
  variables { administrator_password = "short" }
  expect_failures = [var.administrator_password]
}
