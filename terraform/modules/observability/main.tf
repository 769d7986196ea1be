# Monitoring by Azure itself: logs of the control plane, of the pods, of PostgreSQL and of the vault, an alert when Azure
# drops logs, and three alerts on the database that work even when the cluster with its Prometheus is down.

resource "azurerm_log_analytics_workspace" "this" {
  name                         = "log-${var.context.name}"
  location                     = var.context.location
  resource_group_name          = var.context.resource_group_name
  sku                          = "PerGB2018"
  retention_in_days            = var.retention_days
  daily_quota_gb               = var.daily_quota_gb
  local_authentication_enabled = false
  tags                         = var.context.tags
}

resource "azurerm_monitor_diagnostic_setting" "cluster" {
  name                           = "to-workspace"
  target_resource_id             = var.cluster_id
  log_analytics_workspace_id     = azurerm_log_analytics_workspace.this.id
  log_analytics_destination_type = "Dedicated"

  dynamic "enabled_log" {
    for_each = ["kube-audit-admin", "guard", "cluster-autoscaler"]

    content {
      category = enabled_log.value
    }
  }
}

resource "azurerm_monitor_diagnostic_setting" "database" {
  name                       = "to-workspace"
  target_resource_id         = var.database_server_id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.this.id

  enabled_log {
    category = "PostgreSQLLogs"
  }
}

# Each access to a secret, with the identity, the address and the result.
resource "azurerm_monitor_diagnostic_setting" "vault" {
  name                       = "to-workspace"
  target_resource_id         = var.key_vault_id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.this.id

  enabled_log {
    category = "AuditEvent"
  }
}

resource "azurerm_monitor_action_group" "this" {
  name                = "ag-${var.context.name}"
  resource_group_name = var.context.resource_group_name
  short_name          = substr(replace(var.context.name, "-", ""), 0, 12)
  tags                = var.context.tags

  dynamic "email_receiver" {
    for_each = var.alert_emails

    content {
      name                    = email_receiver.value
      email_address           = email_receiver.value
      use_common_alert_schema = true
    }
  }
}

locals {
  database_alerts = {
    down    = { metric = "is_db_alive", aggregation = "Maximum", operator = "LessThan", threshold = 1, severity = 0, says = "PostgreSQL does not answer." }
    storage = { metric = "storage_percent", aggregation = "Average", operator = "GreaterThan", threshold = 80, severity = 1, says = "PostgreSQL's storage is over 80 % full; at 95 % it becomes read-only." }
    cpu     = { metric = "cpu_percent", aggregation = "Average", operator = "GreaterThan", threshold = 90, severity = 2, says = "PostgreSQL's processors are over 90 % busy." }
  }
}

resource "azurerm_monitor_metric_alert" "database" {
  for_each = local.database_alerts

  name                = "database-${each.key}-${var.context.name}"
  resource_group_name = var.context.resource_group_name
  scopes              = [var.database_server_id]
  description         = each.value.says
  severity            = each.value.severity
  frequency           = "PT1M"
  window_size         = "PT5M"
  tags                = var.context.tags

  criteria {
    metric_namespace = "Microsoft.DBforPostgreSQL/flexibleServers"
    metric_name      = each.value.metric
    aggregation      = each.value.aggregation
    operator         = each.value.operator
    threshold        = each.value.threshold
  }

  action {
    action_group_id = azurerm_monitor_action_group.this.id
  }
}

# The quota includes the audit logs, so their absence must not be the only sign.
resource "azurerm_monitor_scheduled_query_rules_alert_v2" "quota" {
  name                 = "logs-dropped-${var.context.name}"
  location             = var.context.location
  resource_group_name  = var.context.resource_group_name
  scopes               = [azurerm_log_analytics_workspace.this.id]
  description          = "The daily quota of the workspace is reached: Azure drops all logs until the next day."
  severity             = 2
  evaluation_frequency = "PT15M"
  window_duration      = "PT15M"
  tags                 = var.context.tags

  # A new workspace has no such table yet.
  skip_query_validation = true

  criteria {
    query                   = "_LogOperation | where Detail contains \"OverQuota\""
    time_aggregation_method = "Count"
    operator                = "GreaterThan"
    threshold               = 0
  }

  action {
    action_groups = [azurerm_monitor_action_group.this.id]
  }
}
