# A cluster that accepts Entra identities only, from known addresses, and upgrades itself.

locals {
  # The system pool also runs the application if there is no other pool.
  dedicated_system_pool = length(var.user_pools) > 0
}

resource "azurerm_user_assigned_identity" "cluster" {
  name                = "id-${var.context.name}-aks"
  location            = var.context.location
  resource_group_name = var.context.resource_group_name
  tags                = var.context.tags
}

# The cluster's identity: joins nodes to the subnet, and assigns the public address to the gateway's Service.
resource "azurerm_role_assignment" "cluster_network" {
  scope                = var.context.resource_group_id
  role_definition_name = "Network Contributor"
  principal_id         = azurerm_user_assigned_identity.cluster.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_kubernetes_cluster" "this" {
  name                = "aks-${var.context.name}"
  location            = var.context.location
  resource_group_name = var.context.resource_group_name
  node_resource_group = "${var.context.resource_group_name}-nodes"
  dns_prefix          = var.context.name
  tags                = var.context.tags

  kubernetes_version        = var.kubernetes_version
  sku_tier                  = var.sku_tier
  cost_analysis_enabled     = var.sku_tier != "Free"
  automatic_upgrade_channel = "patch"
  node_os_upgrade_channel   = "NodeImage"

  local_account_disabled            = true
  role_based_access_control_enabled = true
  oidc_issuer_enabled               = true
  workload_identity_enabled         = true
  run_command_enabled               = false
  image_cleaner_enabled             = true
  image_cleaner_interval_hours      = 48

  azure_active_directory_role_based_access_control {
    azure_rbac_enabled     = true
    admin_group_object_ids = var.admin_group_object_ids
  }

  api_server_access_profile {
    authorized_ip_ranges = var.authorized_ip_ranges
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.cluster.id]
  }

  default_node_pool {
    name                         = "system"
    vm_size                      = var.system_pool.vm_size
    auto_scaling_enabled         = true
    min_count                    = var.system_pool.min_count
    max_count                    = var.system_pool.max_count
    zones                        = var.zones
    os_disk_size_gb              = var.system_pool.os_disk_size_gb
    vnet_subnet_id               = var.nodes_subnet_id
    only_critical_addons_enabled = local.dedicated_system_pool
    temporary_name_for_rotation  = "systemtmp"
    tags                         = var.context.tags

    upgrade_settings {
      max_surge                = "33%"
      drain_timeout_in_minutes = 30
    }
  }

  # The pools are those below; Karpenter creates none.
  node_provisioning_profile {
    mode = "Manual"
  }

  network_profile {
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    network_policy      = "cilium"
    network_data_plane  = "cilium"
    load_balancer_sku   = "standard"
    outbound_type       = "loadBalancer"
    pod_cidr            = "10.244.0.0/16"
    service_cidr        = "10.0.0.0/16"
    dns_service_ip      = "10.0.0.10"

    load_balancer_profile {
      outbound_ip_address_ids = [var.outbound_address_id]
    }
  }

  # The agent signs in with an identity of its own, because the workspace accepts no key.
  oms_agent {
    log_analytics_workspace_id      = var.log_workspace_id
    msi_auth_for_monitoring_enabled = true
  }

  dynamic "monitor_metrics" {
    for_each = var.managed_prometheus ? [true] : []

    content {}
  }

  maintenance_window_auto_upgrade {
    frequency   = "Weekly"
    interval    = 1
    duration    = 4
    day_of_week = var.maintenance_window.day_of_week
    start_time  = var.maintenance_window.start_time
    utc_offset  = "+00:00"
  }

  maintenance_window_node_os {
    frequency   = "Weekly"
    interval    = 1
    duration    = 4
    day_of_week = var.maintenance_window.day_of_week
    start_time  = var.maintenance_window.start_time
    utc_offset  = "+00:00"
  }

  lifecycle {
    # The autoscaler changes the first. Azure shows the second since .github/scripts/prepare-cluster has turned on the Gateway
    # API, for which the provider has no setting; without this, each plan would turn off application routing.
    ignore_changes = [default_node_pool[0].node_count, web_app_routing]
  }

  depends_on = [azurerm_role_assignment.cluster_network]
}

resource "azurerm_kubernetes_cluster_node_pool" "user" {
  for_each = var.user_pools

  name                        = each.key
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.this.id
  mode                        = "User"
  vm_size                     = each.value.vm_size
  auto_scaling_enabled        = true
  min_count                   = each.value.min_count
  max_count                   = each.value.max_count
  zones                       = var.zones
  os_disk_size_gb             = each.value.os_disk_size_gb
  vnet_subnet_id              = var.nodes_subnet_id
  temporary_name_for_rotation = "${substr(each.key, 0, 9)}tmp"
  tags                        = var.context.tags

  upgrade_settings {
    max_surge                = "33%"
    drain_timeout_in_minutes = 30
  }

  lifecycle {
    ignore_changes = [node_count]
  }
}

# Nodes pull the API's image with their own identity.
resource "azurerm_role_assignment" "pull" {
  scope                = var.registry_id
  role_definition_name = "AcrPull"
  principal_id         = azurerm_kubernetes_cluster.this.kubelet_identity[0].object_id
  principal_type       = "ServicePrincipal"
}
