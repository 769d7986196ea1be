mock_provider "azurerm" {}

variables {
  context = {
    name                = "boxoffice-test"
    location            = "northeurope"
    resource_group_name = "rg-boxoffice-test"
    tags                = { application = "boxoffice", environment = "test", "managed-by" = "terraform" }
  }
  address_space = "10.40.0.0/16"
  zones         = ["1", "2", "3"]
  dns_label     = "boxoffice-test-abc123"
}

run "the_database_has_a_subnet_of_its_own" {
  command = plan

  assert {
    condition     = azurerm_subnet.database.delegation[0].service_delegation[0].name == "Microsoft.DBforPostgreSQL/flexibleServers"
    error_message = "The database's subnet must be delegated to PostgreSQL."
  }

  assert {
    condition     = azurerm_subnet.database.address_prefixes[0] == "10.40.16.0/28" && azurerm_subnet.nodes.address_prefixes[0] == "10.40.0.0/20"
    error_message = "The nodes have 4,096 addresses, the database the 16 after them."
  }
}

run "the_range_for_redis_is_free" {
  command = plan

  assert {
    condition     = output.redis_range == "10.40.16.16/28" && output.nodes_range == "10.40.0.0/20"
    error_message = "The 16 addresses after those of the database, in no other subnet. The component azure-redis repeats them."
  }
}

run "only_nodes_reach_the_database" {
  command = plan

  assert {
    condition = [
      for rule in azurerm_network_security_group.database.security_rule : rule.source_address_prefix
      if rule.access == "Allow" && rule.direction == "Inbound" && rule.source_address_prefix != "10.40.16.0/28"
    ] == ["10.40.0.0/20"]
    error_message = "Besides the database's own subnet, only the nodes' may come in."
  }

  assert {
    condition     = length([for rule in azurerm_network_security_group.database.security_rule : rule if rule.access == "Deny" && rule.source_address_prefix == "VirtualNetwork" && rule.protocol == "*"]) == 1
    error_message = "A rule must reject the rest of the network, because the default of Azure accepts it."
  }
}

run "names_are_resolved_inside_only" {
  command = plan

  assert {
    condition     = endswith(azurerm_private_dns_zone.database.name, ".postgres.database.azure.com")
    error_message = "PostgreSQL's private zone must end in .postgres.database.azure.com."
  }

  assert {
    condition     = azurerm_private_dns_zone_virtual_network_link.database.registration_enabled == false
    error_message = "Machines do not register themselves in the database's zone."
  }
}

run "the_addresses_survive_a_zone" {
  command = plan

  assert {
    condition     = azurerm_public_ip.api.sku == "Standard" && length(azurerm_public_ip.api.zones) == 3 && azurerm_public_ip.api.allocation_method == "Static"
    error_message = "The API's address is static and in every zone."
  }

  assert {
    condition     = azurerm_public_ip.outbound.sku == "Standard" && length(azurerm_public_ip.outbound.zones) == 3 && azurerm_public_ip.outbound.allocation_method == "Static"
    error_message = "So is the address of the nodes' own calls."
  }

  assert {
    condition     = azurerm_public_ip.outbound.resource_group_name == "rg-boxoffice-test"
    error_message = "In the group of the environment, where the jobs have rights."
  }
}

run "everything_is_tagged" {
  command = plan

  assert {
    condition = alltrue([
      for tags in [azurerm_virtual_network.this.tags, azurerm_network_security_group.database.tags, azurerm_private_dns_zone.database.tags, azurerm_private_dns_zone_virtual_network_link.database.tags, azurerm_public_ip.api.tags, azurerm_public_ip.outbound.tags] :
      tags["environment"] == "test"
    ])
    error_message = "Every resource that takes tags has them."
  }
}

run "refuses_public_addresses" {
  command = plan
  variables { address_space = "20.40.0.0/16" }
  expect_failures = [var.address_space]
}

run "refuses_the_clusters_own_ranges" {
  command = plan
  variables { address_space = "10.244.0.0/16" }
  expect_failures = [var.address_space]
}
