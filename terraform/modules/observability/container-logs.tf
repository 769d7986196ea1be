# The log lines of the application, in the workspace, so that they outlive their pods: docs/adr/0031-container-logs-in-log-analytics.md.

locals {
  # Only these. The inventory of containers would store their environment variables, and so the passwords of the API.
  log_streams = ["Microsoft-ContainerLogV2", "Microsoft-KubeEvents"]
}

resource "azurerm_monitor_data_collection_rule" "logs" {
  name                = "dcr-${var.context.name}-logs"
  location            = var.context.location
  resource_group_name = var.context.resource_group_name
  kind                = "Linux"
  tags                = var.context.tags

  data_sources {
    extension {
      name           = "ContainerInsightsExtension"
      extension_name = "ContainerInsights"
      streams        = local.log_streams

      extension_json = jsonencode({
        dataCollectionSettings = {
          interval               = "1m"
          namespaceFilteringMode = "Include"
          namespaces             = var.log_namespaces
          enableContainerLogV2   = true
        }
      })
    }
  }

  destinations {
    log_analytics {
      name                  = "workspace"
      workspace_resource_id = azurerm_log_analytics_workspace.this.id
    }
  }

  data_flow {
    streams      = local.log_streams
    destinations = ["workspace"]
  }
}

resource "azurerm_monitor_data_collection_rule_association" "logs" {
  # The agent expects this name.
  name                    = "ContainerInsightsExtension"
  target_resource_id      = var.cluster_id
  data_collection_rule_id = azurerm_monitor_data_collection_rule.logs.id
}
