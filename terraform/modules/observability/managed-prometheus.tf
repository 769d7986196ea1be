# The figures of nodes and containers in a Prometheus of Azure, which outlives the cluster.

locals {
  managed_prometheus = var.managed_prometheus ? 1 : 0
}

resource "azurerm_monitor_workspace" "this" {
  count = local.managed_prometheus

  name                = "amw-${var.context.name}"
  location            = var.context.location
  resource_group_name = var.context.resource_group_name
  tags                = var.context.tags
}

resource "azurerm_monitor_data_collection_endpoint" "prometheus" {
  count = local.managed_prometheus

  name                = "dce-${var.context.name}-prometheus"
  location            = var.context.location
  resource_group_name = var.context.resource_group_name
  kind                = "Linux"
  tags                = var.context.tags
}

resource "azurerm_monitor_data_collection_rule" "prometheus" {
  count = local.managed_prometheus

  name                        = "dcr-${var.context.name}-prometheus"
  location                    = var.context.location
  resource_group_name         = var.context.resource_group_name
  data_collection_endpoint_id = azurerm_monitor_data_collection_endpoint.prometheus[0].id
  kind                        = "Linux"
  tags                        = var.context.tags

  data_sources {
    prometheus_forwarder {
      name    = "prometheus"
      streams = ["Microsoft-PrometheusMetrics"]
    }
  }

  destinations {
    monitor_account {
      name               = "workspace"
      monitor_account_id = azurerm_monitor_workspace.this[0].id
    }
  }

  data_flow {
    streams      = ["Microsoft-PrometheusMetrics"]
    destinations = ["workspace"]
  }
}

resource "azurerm_monitor_data_collection_rule_association" "prometheus" {
  count = local.managed_prometheus

  name                    = "ContainerInsightsMetricsExtension"
  target_resource_id      = var.cluster_id
  data_collection_rule_id = azurerm_monitor_data_collection_rule.prometheus[0].id
}
