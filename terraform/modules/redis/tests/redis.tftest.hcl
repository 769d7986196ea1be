mock_provider "azurerm" {
  mock_resource "azurerm_subnet" {
    defaults = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.Network/virtualNetworks/vnet-boxoffice-test/subnets/redis" }
  }
  mock_resource "azurerm_network_security_group" {
    defaults = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.Network/networkSecurityGroups/nsg" }
  }
  mock_resource "azurerm_private_dns_zone" {
    defaults = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.Network/privateDnsZones/privatelink.redis.azure.net" }
  }
}

variables {
  context = {
    name                = "boxoffice-test"
    location            = "northeurope"
    resource_group_name = "rg-boxoffice-test"
    resource_group_id   = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test"
    tags                = { application = "boxoffice", environment = "test", "managed-by" = "terraform" }
  }
  suffix = "abc123"
  virtual_network = {
    id   = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.Network/virtualNetworks/vnet-boxoffice-test"
    name = "vnet-boxoffice-test"
  }
  nodes_range   = "10.40.0.0/20"
  address_range = "10.40.16.16/28"
}

run "access_is_private_and_encrypted" {
  command = plan

  assert {
    condition     = azurerm_resource_group_template_deployment.this.template_content == jsonencode(local.template)
    error_message = "The template that these tests read is the one that Azure gets."
  }

  assert {
    condition     = local.template.resources[0].properties.publicNetworkAccess == "Disabled"
    error_message = "No public network."
  }

  assert {
    condition     = local.template.resources[0].properties.minimumTlsVersion == "1.2" && local.template.resources[1].properties.clientProtocol == "Encrypted"
    error_message = "TLS 1.2 or newer, and no other protocol."
  }
}

run "the_key_is_in_no_state" {
  command = apply

  assert {
    condition     = !can(regex("(?i)listkeys|outputs|parameters", azurerm_resource_group_template_deployment.this.template_content))
    error_message = "The state keeps the template, its parameters and its outputs, so none of them may be or read a key."
  }

  assert {
    condition     = local.template.resources[1].properties.accessKeysAuthentication == "Enabled"
    error_message = "The API signs in with a key."
  }
}

run "what_expires_makes_room" {
  command = plan

  assert {
    condition     = local.template.resources[1].properties.evictionPolicy == "VolatileTTL" && local.template.resources[1].properties.clusteringPolicy == "NoCluster"
    error_message = "As in compose and in the cluster: one server, and what expires next goes first."
  }
}

run "one_node_unless_asked_for" {
  command = plan

  assert {
    condition     = local.template.resources[0].properties.highAvailability == "Disabled" && local.template.resources[0].sku.name == "Balanced_B0"
    error_message = "The cheapest, because the shop works without Redis."
  }
}

run "as_asked_for" {
  command = plan

  variables {
    sku_name          = "Balanced_B3"
    high_availability = true
  }

  assert {
    condition     = local.template.resources[0].properties.highAvailability == "Enabled" && local.template.resources[0].sku.name == "Balanced_B3"
    error_message = "A second node, and the size."
  }
}

run "only_nodes_reach_it" {
  command = plan

  assert {
    condition = [
      for rule in azurerm_network_security_group.this.security_rule : "${rule.source_address_prefix} ${rule.destination_port_range}"
      if rule.access == "Allow" && rule.direction == "Inbound"
    ] == ["10.40.0.0/20 10000"]
    error_message = "Only the nodes may come in."
  }

  assert {
    condition     = length([for rule in azurerm_network_security_group.this.security_rule : rule if rule.access == "Deny" && rule.source_address_prefix == "VirtualNetwork" && rule.protocol == "*"]) == 1
    error_message = "A rule must reject the rest of the network, because the default of Azure accepts it."
  }

  assert {
    condition     = azurerm_subnet.this.private_endpoint_network_policies == "NetworkSecurityGroupEnabled"
    error_message = "By default, the rules do not apply to private endpoints."
  }
}

run "the_name_leads_to_the_private_endpoint" {
  command = apply

  assert {
    condition     = azurerm_private_endpoint.this.private_dns_zone_group[0].private_dns_zone_ids[0] == azurerm_private_dns_zone.this.id && azurerm_private_dns_zone.this.name == "privatelink.redis.azure.net"
    error_message = "The zone of Azure Managed Redis, not that of Azure Cache for Redis."
  }

  assert {
    condition     = azurerm_private_endpoint.this.private_service_connection[0].private_connection_resource_id == "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.Cache/redisEnterprise/redis-boxoffice-test-abc123"
    error_message = "The endpoint leads to what the template creates."
  }

  assert {
    condition     = azurerm_private_dns_zone_virtual_network_link.this.registration_enabled == false
    error_message = "Machines do not register themselves in the zone."
  }
}

run "the_target_is_known_before_it_exists" {
  command   = plan
  state_key = "new"

  assert {
    condition     = endswith(azurerm_private_endpoint.this.private_service_connection[0].private_connection_resource_id, "/redis-boxoffice-test-abc123")
    error_message = "A plan that does not know the target replaces the endpoint."
  }
}

run "everything_is_tagged" {
  command = plan

  assert {
    condition = alltrue([
      for tags in [azurerm_resource_group_template_deployment.this.tags, local.template.resources[0].tags, azurerm_network_security_group.this.tags, azurerm_private_dns_zone.this.tags, azurerm_private_dns_zone_virtual_network_link.this.tags, azurerm_private_endpoint.this.tags] :
      tags["environment"] == "test"
    ])
    error_message = "Every resource that takes tags has them."
  }
}

run "refuses_a_size_that_needs_a_cluster" {
  command = plan
  variables { sku_name = "Balanced_B50" }
  expect_failures = [var.sku_name]
}

run "refuses_another_network" {
  command = plan
  variables { virtual_network = { id = "/subscriptions/0/virtualNetworks/other", name = "vnet-boxoffice-test" } }
  expect_failures = [var.virtual_network]
}

run "refuses_a_subnet_without_room" {
  command = plan
  variables { address_range = "10.40.16.16/30" }
  expect_failures = [var.address_range]
}
