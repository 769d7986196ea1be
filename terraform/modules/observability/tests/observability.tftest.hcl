mock_provider "azurerm" {
  mock_resource "azurerm_monitor_workspace" {
    defaults = {
      id             = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.Monitor/accounts/amw-boxoffice-test"
      query_endpoint = "https://amw-boxoffice-test.northeurope.prometheus.monitor.azure.com"
    }
  }

  mock_resource "azurerm_monitor_data_collection_endpoint" {
    defaults = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.Insights/dataCollectionEndpoints/dce-boxoffice-test" }
  }

  mock_resource "azurerm_monitor_data_collection_rule" {
    defaults = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.Insights/dataCollectionRules/dcr-boxoffice-test" }
  }

  mock_resource "azurerm_log_analytics_workspace" {
    defaults = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.OperationalInsights/workspaces/log-boxoffice-test" }
  }

  mock_resource "azurerm_monitor_action_group" {
    defaults = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.Insights/actionGroups/ag-boxoffice-test" }
  }
}

variables {
  context = {
    name                = "boxoffice-test"
    location            = "northeurope"
    resource_group_name = "rg-boxoffice-test"
    tags                = { application = "boxoffice", environment = "test", "managed-by" = "terraform" }
  }
  cluster_id         = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.ContainerService/managedClusters/aks-boxoffice-test"
  database_server_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-boxoffice-test"
  key_vault_id       = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.KeyVault/vaults/kv-boxoffice-test"
  alert_emails       = ["oncall@example.com"]
}

run "logs_have_a_bound_and_no_key" {
  command = plan

  assert {
    condition     = azurerm_log_analytics_workspace.this.daily_quota_gb == 1 && azurerm_log_analytics_workspace.this.local_authentication_enabled == false
    error_message = "A day's logs are bounded, and the workspace's shared key opens nothing."
  }
}

run "each_access_to_a_secret_is_logged" {
  command = plan

  assert {
    condition     = azurerm_monitor_diagnostic_setting.vault.target_resource_id == var.key_vault_id && [for log in azurerm_monitor_diagnostic_setting.vault.enabled_log : log.category] == ["AuditEvent"]
    error_message = "The vault's audit log is kept."
  }
}

run "refuses_no_vault" {
  command = plan
  variables { key_vault_id = "" }
  expect_failures = [var.key_vault_id]
}

run "changes_of_the_cluster_are_logged" {
  command = plan

  assert {
    condition     = contains([for log in azurerm_monitor_diagnostic_setting.cluster.enabled_log : log.category], "kube-audit-admin")
    error_message = "The control plane's audit log is kept."
  }

  assert {
    condition     = [for log in azurerm_monitor_diagnostic_setting.database.enabled_log : log.category] == ["PostgreSQLLogs"]
    error_message = "PostgreSQL's log is kept."
  }
}

run "an_unhealthy_database_sends_alerts" {
  command = apply

  assert {
    condition     = toset(keys(azurerm_monitor_metric_alert.database)) == toset(["down", "storage", "cpu"]) && alltrue([for alert in azurerm_monitor_metric_alert.database : alert.scopes == toset([var.database_server_id])])
    error_message = "Down, filling up, too busy."
  }

  assert {
    condition     = [for receiver in azurerm_monitor_action_group.this.email_receiver : receiver.email_address] == ["oncall@example.com"]
    error_message = "The alert has a receiver."
  }
}

run "refuses_what_is_no_address" {
  command = plan
  variables { alert_emails = ["nobody"] }
  expect_failures = [var.alert_emails]
}

run "refuses_unbounded_logs" {
  command = plan
  variables { daily_quota_gb = -1 }
  expect_failures = [var.daily_quota_gb]
}

run "log_lines_of_the_application_are_kept" {
  command = apply

  assert {
    condition = jsondecode(azurerm_monitor_data_collection_rule.logs.data_sources[0].extension[0].extension_json).dataCollectionSettings == {
      interval               = "1m"
      namespaceFilteringMode = "Include"
      namespaces             = ["boxoffice"]
      enableContainerLogV2   = true
    }
    error_message = "Those of the namespace boxoffice, and of no other, because each line costs money."
  }

  assert {
    condition     = azurerm_monitor_data_collection_rule.logs.destinations[0].log_analytics[0].workspace_resource_id == azurerm_log_analytics_workspace.this.id && output.workspace_id == azurerm_log_analytics_workspace.this.id
    error_message = "They go into the workspace that the agent of the cluster uses."
  }

  assert {
    condition     = azurerm_monitor_data_collection_rule_association.logs.target_resource_id == var.cluster_id && azurerm_monitor_data_collection_rule_association.logs.name == "ContainerInsightsExtension"
    error_message = "The cluster uses the rule."
  }
}

run "logs_that_azure_drops_send_an_alert" {
  command = apply

  assert {
    condition     = azurerm_monitor_scheduled_query_rules_alert_v2.quota.scopes == tolist([azurerm_log_analytics_workspace.this.id]) && strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.quota.criteria[0].query, "OverQuota")
    error_message = "The quota of this workspace."
  }

  assert {
    condition     = azurerm_monitor_scheduled_query_rules_alert_v2.quota.action[0].action_groups == tolist([azurerm_monitor_action_group.this.id])
    error_message = "The alert has a receiver."
  }
}

run "no_password_is_collected" {
  command = plan

  assert {
    condition = alltrue([
      for streams in [azurerm_monitor_data_collection_rule.logs.data_sources[0].extension[0].streams, azurerm_monitor_data_collection_rule.logs.data_flow[0].streams] :
      streams == tolist(["Microsoft-ContainerLogV2", "Microsoft-KubeEvents"])
    ])
    error_message = "Other streams include the inventory of containers, with their environment variables."
  }
}

run "refuses_the_logs_of_all_namespaces" {
  command = plan
  variables { log_namespaces = [] }
  expect_failures = [var.log_namespaces]
}

run "no_prometheus_of_azure_unless_asked_for" {
  command = plan

  assert {
    condition     = length(azurerm_monitor_workspace.this) + length(azurerm_monitor_data_collection_endpoint.prometheus) + length(azurerm_monitor_data_collection_rule.prometheus) + length(azurerm_monitor_data_collection_rule_association.prometheus) == 0
    error_message = "Nothing to pay for."
  }
}

run "a_prometheus_of_azure_gets_the_figures_of_the_cluster" {
  command = apply
  variables { managed_prometheus = true }

  assert {
    condition     = azurerm_monitor_data_collection_rule.prometheus[0].data_sources[0].prometheus_forwarder[0].streams == tolist(["Microsoft-PrometheusMetrics"]) && azurerm_monitor_data_collection_rule.prometheus[0].data_flow[0].streams == tolist(["Microsoft-PrometheusMetrics"])
    error_message = "What the agent sends is what the rule passes on."
  }

  assert {
    condition     = azurerm_monitor_data_collection_rule.prometheus[0].destinations[0].monitor_account[0].monitor_account_id == azurerm_monitor_workspace.this[0].id
    error_message = "It goes into the workspace of this environment."
  }

  assert {
    condition     = azurerm_monitor_data_collection_rule_association.prometheus[0].target_resource_id == var.cluster_id && azurerm_monitor_data_collection_rule_association.prometheus[0].data_collection_rule_id == azurerm_monitor_data_collection_rule.prometheus[0].id
    error_message = "The cluster uses the rule."
  }

  assert {
    condition     = output.prometheus_query_endpoint == azurerm_monitor_workspace.this[0].query_endpoint
    error_message = "A Grafana finds it by this address."
  }
}
