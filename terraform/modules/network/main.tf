# One virtual network: the nodes in one subnet, and PostgreSQL in another that only the nodes can reach.

locals {
  nodes_range    = cidrsubnet(var.address_space, 4, 0)
  database_range = cidrsubnet(var.address_space, 12, 256)
  # For the subnet of modules/redis, where there is one.
  redis_range = cidrsubnet(var.address_space, 12, 257)
}

resource "azurerm_virtual_network" "this" {
  name                = "vnet-${var.context.name}"
  location            = var.context.location
  resource_group_name = var.context.resource_group_name
  address_space       = [var.address_space]
  tags                = var.context.tags
}

resource "azurerm_subnet" "nodes" {
  name                 = "nodes"
  resource_group_name  = var.context.resource_group_name
  virtual_network_name = azurerm_virtual_network.this.name
  address_prefixes     = [local.nodes_range]
}

resource "azurerm_subnet" "database" {
  name                 = "database"
  resource_group_name  = var.context.resource_group_name
  virtual_network_name = azurerm_virtual_network.this.name
  address_prefixes     = [local.database_range]

  # Archived write-ahead log goes to Azure Storage without leaving Azure's own network.
  service_endpoint {
    service = "Microsoft.Storage"
  }

  delegation {
    name = "postgres"

    service_delegation {
      name    = "Microsoft.DBforPostgreSQL/flexibleServers"
      actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"]
    }
  }
}

resource "azurerm_network_security_group" "database" {
  name                = "nsg-${var.context.name}-database"
  location            = var.context.location
  resource_group_name = var.context.resource_group_name
  tags                = var.context.tags

  security_rule {
    name                       = "nodes-to-postgres"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_address_prefix      = local.nodes_range
    source_port_range          = "*"
    destination_address_prefix = local.database_range
    destination_port_ranges    = ["5432", "6432"]
  }

  # The standby of a highly available server is in the same subnet.
  security_rule {
    name                       = "within-database"
    priority                   = 110
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "*"
    source_address_prefix      = local.database_range
    source_port_range          = "*"
    destination_address_prefix = local.database_range
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "nobody-else"
    priority                   = 4000
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_address_prefix      = "VirtualNetwork"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "database" {
  subnet_id                 = azurerm_subnet.database.id
  network_security_group_id = azurerm_network_security_group.database.id
}

resource "azurerm_private_dns_zone" "database" {
  name                = "${var.context.name}.private.postgres.database.azure.com"
  resource_group_name = var.context.resource_group_name
  tags                = var.context.tags
}

resource "azurerm_private_dns_zone_virtual_network_link" "database" {
  name                = "vnet-${var.context.name}"
  private_dns_zone_id = azurerm_private_dns_zone.database.id
  virtual_network_id  = azurerm_virtual_network.this.id
  tags                = var.context.tags

  # Machines must not register themselves in the database's zone.
  registration_enabled = false

  # The server's name must be resolvable as soon as the server exists.
  depends_on = [azurerm_subnet_network_security_group_association.database]
}

# Created here and not by the cluster, so that the address remains when a Service or the cluster is deleted.
resource "azurerm_public_ip" "api" {
  name                = "pip-${var.context.name}"
  location            = var.context.location
  resource_group_name = var.context.resource_group_name
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = var.zones
  domain_name_label   = var.dns_label
  tags                = var.context.tags
}

# The address of what the nodes call. If AKS created it, it would be in the group of the nodes, where a job that changes the API
# server's ranges has no right.
resource "azurerm_public_ip" "outbound" {
  name                = "pip-${var.context.name}-outbound"
  location            = var.context.location
  resource_group_name = var.context.resource_group_name
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = var.zones
  tags                = var.context.tags
}
