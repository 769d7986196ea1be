# The rights of each identity and their scope. No right covers the whole subscription.

# Azure has no built-in role for locks with fewer rights than Owner.
resource "azurerm_role_definition" "locks" {
  name              = "${var.name} locks ${local.suffix}"
  scope             = azurerm_resource_group.environment[keys(var.environments)[0]].id
  description       = "Sets and lifts locks against deletion."
  assignable_scopes = [for group in azurerm_resource_group.environment : group.id]

  permissions {
    actions = ["Microsoft.Authorization/locks/*"]
  }
}

# Lets a job add its runner's address to the API server's ranges. az sends the whole cluster back, and Azure then checks
# that the sender may use what the cluster uses. Azure's own role for clusters lacks these rights.
resource "azurerm_role_definition" "api_server" {
  name              = "${var.name} api server ${local.suffix}"
  scope             = azurerm_resource_group.environment[keys(var.environments)[0]].id
  description       = "Reads the cluster and changes where its API server may be called from."
  assignable_scopes = [for group in azurerm_resource_group.environment : group.id]

  permissions {
    actions = [
      "Microsoft.ContainerService/managedClusters/read",
      "Microsoft.ContainerService/managedClusters/write",
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
      "Microsoft.ManagedIdentity/userAssignedIdentities/read",
      # The address of the nodes' own calls, and their subnet.
      "Microsoft.Network/publicIPAddresses/join/action",
      "Microsoft.Network/publicIPAddresses/read",
      "Microsoft.Network/virtualNetworks/subnets/join/action",
      "Microsoft.Network/virtualNetworks/subnets/read",
      # The agent's workspace. Its key opens nothing: the workspace accepts Entra identities only.
      "Microsoft.OperationalInsights/workspaces/read",
      "Microsoft.OperationalInsights/workspaces/sharedkeys/read",
    ]
  }
}

# A plan compares the template of modules/redis with the one that Azure has. Azure's role for readers does not let it read templates.
resource "azurerm_role_definition" "templates" {
  name              = "${var.name} templates ${local.suffix}"
  scope             = azurerm_resource_group.environment[keys(var.environments)[0]].id
  description       = "Reads the templates of deployments."
  assignable_scopes = [for group in azurerm_resource_group.environment : group.id]

  permissions {
    actions = ["Microsoft.Resources/deployments/exportTemplate/action"]
  }
}

# The roles that platform assigns. Its identity may assign no others.
data "azurerm_role_definition" "given_by_platform" {
  for_each = toset(["AcrPull", "Network Contributor"])

  name = each.key
}

locals {
  given_roles = join(", ", sort([for role in data.azurerm_role_definition.given_by_platform : role.role_definition_id]))

  only_these_roles = <<-EOT
    (
      !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
      OR @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${local.given_roles}}
    )
    AND
    (
      !(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
      OR @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${local.given_roles}}
    )
  EOT

  # Roles on an environment's resource group, by kind of job. Administrators have the rights of apply on data, and read the logs.
  environment_roles = {
    apply = [
      "Contributor",
      "Key Vault Secrets Officer",
      "Azure Kubernetes Service RBAC Cluster Admin",
    ]
    deploy = [
      "Azure Kubernetes Service Cluster User Role",
      "Azure Kubernetes Service RBAC Cluster Admin",
    ]
    plan = [
      "Reader",
      # A refresh reads the vault's secrets and the cluster's address. The plan contains neither.
      "Key Vault Secrets User",
      "Azure Kubernetes Service Cluster User Role",
    ]
    administrators = [
      "Key Vault Secrets Officer",
      "Azure Kubernetes Service RBAC Cluster Admin",
      # The lines of pods that are gone.
      "Log Analytics Reader",
    ]
  }

  holders = merge(
    { for name in keys(var.environments) : "apply-${name}" => { kind = "apply", environment = name, principal = azurerm_user_assigned_identity.github["apply-${name}"].principal_id } },
    { for name in keys(var.environments) : "deploy-${name}" => { kind = "deploy", environment = name, principal = azurerm_user_assigned_identity.github["deploy-${name}"].principal_id } },
    { for name in keys(var.environments) : "plan-${name}" => { kind = "plan", environment = name, principal = azurerm_user_assigned_identity.github["plan-${name}"].principal_id } },
    { for pair in setproduct(keys(var.environments), var.administrator_object_ids) : "administrators-${pair[0]}-${pair[1]}" => { kind = "administrators", environment = pair[0], principal = pair[1] } },
  )

  grants = merge(concat(
    [for key, holder in local.holders : {
      for role in local.environment_roles[holder.kind] :
      "${key}/${role}" => { scope = azurerm_resource_group.environment[holder.environment].id, role = role, principal = holder.principal }
    }],
    # States: jobs that apply write them; jobs that plan or deploy read them.
    [for key, holder in local.holders : {
      "${key}/state" = {
        scope     = azurerm_storage_container.state[holder.environment].id
        role      = contains(["apply", "administrators"], holder.kind) ? "Storage Blob Data Contributor" : "Storage Blob Data Reader"
        principal = holder.principal
      }
    }],
    [for id in var.administrator_object_ids : {
      "administrators-${id}/bootstrap-state" = { scope = azurerm_storage_container.state["bootstrap"].id, role = "Storage Blob Data Contributor", principal = id }
    }],
    [{ "image/registry" = { scope = module.registry.id, role = "AcrPush", principal = azurerm_user_assigned_identity.github["image"].principal_id } }],
    # A plan reads the cluster's role on the registry.
    [for name in keys(var.environments) : {
      "plan-${name}/registry" = { scope = module.registry.id, role = "Reader", principal = azurerm_user_assigned_identity.github["plan-${name}"].principal_id }
    }],
  )...)

  # platform assigns its cluster AcrPull on the registry and Network Contributor on its own resource group.
  assigners = merge([for name in keys(var.environments) : {
    "${name}/environment" = { scope = azurerm_resource_group.environment[name].id, principal = azurerm_user_assigned_identity.github["apply-${name}"].principal_id }
    "${name}/registry"    = { scope = module.registry.id, principal = azurerm_user_assigned_identity.github["apply-${name}"].principal_id }
  }]...)
}

resource "azurerm_role_assignment" "this" {
  for_each = local.grants

  scope                = each.value.scope
  role_definition_name = each.value.role
  principal_id         = each.value.principal
}

resource "azurerm_role_assignment" "assigner" {
  for_each = local.assigners

  scope                = each.value.scope
  role_definition_name = "Role Based Access Control Administrator"
  principal_id         = each.value.principal
  condition_version    = "2.0"
  condition            = local.only_these_roles
}

resource "azurerm_role_assignment" "locks" {
  for_each = var.environments

  scope              = azurerm_resource_group.environment[each.key].id
  role_definition_id = azurerm_role_definition.locks.role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.github["apply-${each.key}"].principal_id
}

resource "azurerm_role_assignment" "api_server" {
  for_each = var.environments

  scope              = azurerm_resource_group.environment[each.key].id
  role_definition_id = azurerm_role_definition.api_server.role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.github["deploy-${each.key}"].principal_id
}

resource "azurerm_role_assignment" "templates" {
  for_each = var.environments

  scope              = azurerm_resource_group.environment[each.key].id
  role_definition_id = azurerm_role_definition.templates.role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.github["plan-${each.key}"].principal_id
}
