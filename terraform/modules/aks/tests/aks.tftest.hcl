# With the real provider and a stand-in for the sign-in to Azure: a mocked provider cannot fill kubelet_identity, which is a block.

provider "azurerm" {
  resource_provider_registrations = "none"
  features {}
}

variables {
  context = {
    name                = "boxoffice-test"
    location            = "northeurope"
    resource_group_name = "rg-boxoffice-test"
    resource_group_id   = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test"
    tags                = { application = "boxoffice", environment = "test", "managed-by" = "terraform" }
  }
  nodes_subnet_id      = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.Network/virtualNetworks/vnet/subnets/nodes"
  outbound_address_id  = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.Network/publicIPAddresses/pip-boxoffice-test-outbound"
  registry_id          = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-shared/providers/Microsoft.ContainerRegistry/registries/crboxoffice"
  log_workspace_id     = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test/providers/Microsoft.OperationalInsights/workspaces/log-boxoffice-test"
  zones                = ["1", "2", "3"]
  kubernetes_version   = "1.35"
  sku_tier             = "Standard"
  authorized_ip_ranges = ["203.0.113.7/32"]
  system_pool          = { vm_size = "Standard_D2as_v5", min_count = 2, max_count = 3 }
  user_pools           = { api = { vm_size = "Standard_D4as_v5", min_count = 3, max_count = 9 } }
}

run "access_needs_an_entra_identity_and_a_known_address" {
  command = plan

  assert {
    condition     = azurerm_kubernetes_cluster.this.local_account_disabled && azurerm_kubernetes_cluster.this.azure_active_directory_role_based_access_control[0].azure_rbac_enabled
    error_message = "No local accounts; Entra decides."
  }

  assert {
    condition     = azurerm_kubernetes_cluster.this.api_server_access_profile[0].authorized_ip_ranges == toset(["203.0.113.7/32"])
    error_message = "The API server answers the authorised ranges only."
  }

  assert {
    condition     = azurerm_kubernetes_cluster.this.run_command_enabled == false
    error_message = "az aks command invoke would go round the authorised ranges."
  }

  assert {
    condition     = azurerm_kubernetes_cluster.this.oidc_issuer_enabled && azurerm_kubernetes_cluster.this.workload_identity_enabled
    error_message = "Workload identity needs both."
  }
}

run "cilium_enforces_network_policies" {
  command = plan

  assert {
    condition = (
      azurerm_kubernetes_cluster.this.network_profile[0].network_plugin == "azure"
      && azurerm_kubernetes_cluster.this.network_profile[0].network_plugin_mode == "overlay"
      && azurerm_kubernetes_cluster.this.network_profile[0].network_policy == "cilium"
      && azurerm_kubernetes_cluster.this.network_profile[0].network_data_plane == "cilium"
    )
    error_message = "Azure's overlay with Cilium, which enforces the NetworkPolicies."
  }
}

run "the_nodes_call_from_an_address_of_the_environment" {
  command = plan

  assert {
    condition     = azurerm_kubernetes_cluster.this.network_profile[0].load_balancer_profile[0].outbound_ip_address_ids == toset([var.outbound_address_id])
    error_message = "An address that AKS creates would be in the group of the nodes."
  }
}

run "refuses_to_let_aks_create_the_address" {
  command = plan
  variables { outbound_address_id = "" }
  expect_failures = [var.outbound_address_id]
}

run "it_upgrades_itself" {
  command = plan

  assert {
    condition     = azurerm_kubernetes_cluster.this.automatic_upgrade_channel == "patch" && azurerm_kubernetes_cluster.this.node_os_upgrade_channel == "NodeImage"
    error_message = "Patches and node images come by themselves."
  }

  assert {
    condition     = azurerm_kubernetes_cluster.this.maintenance_window_auto_upgrade[0].day_of_week == "Tuesday" && azurerm_kubernetes_cluster.this.maintenance_window_node_os[0].day_of_week == "Tuesday"
    error_message = "Both in the maintenance window."
  }
}

run "pools_scale_and_use_every_zone" {
  command = plan

  assert {
    condition     = azurerm_kubernetes_cluster.this.default_node_pool[0].auto_scaling_enabled && azurerm_kubernetes_cluster_node_pool.user["api"].auto_scaling_enabled
    error_message = "Every pool scales by itself."
  }

  assert {
    condition     = azurerm_kubernetes_cluster.this.default_node_pool[0].zones == toset(["1", "2", "3"]) && azurerm_kubernetes_cluster_node_pool.user["api"].zones == toset(["1", "2", "3"])
    error_message = "Every pool uses every zone."
  }

  assert {
    condition     = azurerm_kubernetes_cluster.this.default_node_pool[0].only_critical_addons_enabled
    error_message = "Beside a pool for the API, the system pool is the system's."
  }
}

run "a_single_pool_runs_the_application_too" {
  command = plan

  variables {
    sku_tier    = "Free"
    system_pool = { vm_size = "Standard_D2as_v5", min_count = 1, max_count = 3 }
    user_pools  = {}
  }

  assert {
    condition     = azurerm_kubernetes_cluster.this.default_node_pool[0].only_critical_addons_enabled == false
    error_message = "Without another pool, the system pool must take every pod."
  }

  assert {
    condition     = azurerm_kubernetes_cluster.this.cost_analysis_enabled == false
    error_message = "The free tier has no cost analysis."
  }
}

run "an_agent_sends_the_logs_of_the_pods" {
  command = plan

  assert {
    condition     = azurerm_kubernetes_cluster.this.oms_agent[0].log_analytics_workspace_id == var.log_workspace_id && azurerm_kubernetes_cluster.this.oms_agent[0].msi_auth_for_monitoring_enabled
    error_message = "To the workspace of the environment, with an identity and not with a key."
  }
}

run "refuses_no_place_for_logs" {
  command = plan
  variables { log_workspace_id = "" }
  expect_failures = [var.log_workspace_id]
}

run "azure_collects_no_figures_unless_asked_for" {
  command = plan

  assert {
    condition     = length(azurerm_kubernetes_cluster.this.monitor_metrics) == 0
    error_message = "The Prometheus in the cluster needs no agent of Azure."
  }
}

run "azure_collects_figures_where_asked_for" {
  command = plan
  variables { managed_prometheus = true }

  assert {
    condition     = length(azurerm_kubernetes_cluster.this.monitor_metrics) == 1
    error_message = "Without the agent, the Prometheus of Azure stays empty."
  }
}

run "nodes_may_pull_and_no_more" {
  command = plan

  assert {
    condition     = azurerm_role_assignment.pull.role_definition_name == "AcrPull" && azurerm_role_assignment.pull.scope == var.registry_id
    error_message = "Nodes pull from the registry and cannot push."
  }
}

run "the_nodes_are_in_the_group_that_the_budget_includes" {
  command = plan

  assert {
    condition     = azurerm_kubernetes_cluster.this.node_resource_group == "rg-boxoffice-test-nodes"
    error_message = "bootstrap's budget of the environment includes the group of this name."
  }
}

run "everything_is_tagged" {
  command = plan

  assert {
    condition     = azurerm_kubernetes_cluster.this.tags["environment"] == "test" && azurerm_kubernetes_cluster.this.default_node_pool[0].tags["environment"] == "test" && azurerm_kubernetes_cluster_node_pool.user["api"].tags["environment"] == "test" && azurerm_user_assigned_identity.cluster.tags["environment"] == "test"
    error_message = "Every resource that takes tags has them."
  }
}

run "refuses_an_open_api_server" {
  command = plan
  variables { authorized_ip_ranges = [] }
  expect_failures = [var.authorized_ip_ranges]
}

run "refuses_the_whole_internet_as_a_range" {
  command = plan
  variables { authorized_ip_ranges = ["0.0.0.0/0"] }
  expect_failures = [var.authorized_ip_ranges]
}

run "the_version_is_what_the_manifests_were_checked_against" {
  command = plan

  assert {
    condition     = azurerm_kubernetes_cluster.this.kubernetes_version == "1.35"
    error_message = "The minor version is ours, and Azure chooses the patch."
  }
}

run "refuses_to_let_azure_choose_the_version" {
  command = plan
  variables { kubernetes_version = null }
  expect_failures = [var.kubernetes_version]
}

run "refuses_a_patch_version" {
  command = plan
  variables { kubernetes_version = "1.35.2" }
  expect_failures = [var.kubernetes_version]
}

run "refuses_a_pool_that_cannot_grow" {
  command = plan
  variables { user_pools = { api = { vm_size = "Standard_D4as_v5", min_count = 3, max_count = 2 } } }
  expect_failures = [var.user_pools]
}
