# A Redis that only the nodes can reach, in Azure Managed Redis. Terraform never sees its keys: an operator copies one from Azure to
# the vault (docs/secrets.md).

locals {
  name = "redis-${var.context.name}-${var.suffix}"
  port = 10000

  # Computed, and not an output of the deployment: each change of the template makes the outputs unknown, and a private endpoint
  # with an unknown target is replaced.
  id = "${var.context.resource_group_id}/providers/Microsoft.Cache/redisEnterprise/${local.name}"

  template = {
    "$schema"      = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    contentVersion = "1.0.0.0"

    resources = [
      {
        type       = "Microsoft.Cache/redisEnterprise"
        apiVersion = "2025-07-01"
        name       = local.name
        location   = var.context.location
        tags       = var.context.tags
        sku        = { name = var.sku_name }
        properties = {
          minimumTlsVersion   = "1.2"
          publicNetworkAccess = "Disabled"
          highAvailability    = var.high_availability ? "Enabled" : "Disabled"
        }
      },
      {
        type       = "Microsoft.Cache/redisEnterprise/databases"
        apiVersion = "2025-07-01"
        name       = "${local.name}/default"
        dependsOn  = ["[resourceId('Microsoft.Cache/redisEnterprise', '${local.name}')]"]
        properties = {
          port                     = local.port
          clientProtocol           = "Encrypted"
          accessKeysAuthentication = "Enabled"
          # The API's client connects to one server.
          clusteringPolicy = "NoCluster"
          # Everything that the API stores expires. Without memory, what expires next goes first.
          evictionPolicy = "VolatileTTL"
        }
      },
    ]
  }
}

# A template, and not azurerm_managed_redis: whenever the database accepts keys, that resource reads them into the state. The API
# signs in with a key, because it gets one URL.
resource "azurerm_resource_group_template_deployment" "this" {
  name                = local.name
  resource_group_name = var.context.resource_group_name
  deployment_mode     = "Incremental"
  tags                = var.context.tags
  template_content    = jsonencode(local.template)
}

resource "azurerm_subnet" "this" {
  name                 = "redis"
  resource_group_name  = var.context.resource_group_name
  virtual_network_name = var.virtual_network.name
  address_prefixes     = [var.address_range]

  # Otherwise, the security group would not apply to private endpoints.
  private_endpoint_network_policies = "NetworkSecurityGroupEnabled"
}

resource "azurerm_network_security_group" "this" {
  name                = "nsg-${var.context.name}-redis"
  location            = var.context.location
  resource_group_name = var.context.resource_group_name
  tags                = var.context.tags

  security_rule {
    name                       = "nodes-to-redis"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_address_prefix      = var.nodes_range
    source_port_range          = "*"
    destination_address_prefix = var.address_range
    destination_port_range     = local.port
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

resource "azurerm_subnet_network_security_group_association" "this" {
  subnet_id                 = azurerm_subnet.this.id
  network_security_group_id = azurerm_network_security_group.this.id
}

# The zone that Azure prescribes for private endpoints of this service.
resource "azurerm_private_dns_zone" "this" {
  name                = "privatelink.redis.azure.net"
  resource_group_name = var.context.resource_group_name
  tags                = var.context.tags
}

resource "azurerm_private_dns_zone_virtual_network_link" "this" {
  name                 = "vnet-${var.context.name}"
  private_dns_zone_id  = azurerm_private_dns_zone.this.id
  virtual_network_id   = var.virtual_network.id
  registration_enabled = false
  tags                 = var.context.tags
}

resource "azurerm_private_endpoint" "this" {
  name                = "pe-${local.name}"
  location            = var.context.location
  resource_group_name = var.context.resource_group_name
  subnet_id           = azurerm_subnet_network_security_group_association.this.subnet_id
  tags                = var.context.tags

  private_service_connection {
    name                           = local.name
    private_connection_resource_id = local.id
    subresource_names              = ["redisEnterprise"]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "default"
    private_dns_zone_ids = [azurerm_private_dns_zone_virtual_network_link.this.private_dns_zone_id]
  }

  depends_on = [azurerm_resource_group_template_deployment.this]
}
