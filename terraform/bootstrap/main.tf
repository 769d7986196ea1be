# Resources that Terraform and GitHub need before they can work: storage for states, a resource group for each environment,
# the shared registry, and identities for GitHub's jobs. An owner of the subscription applies this root once.

provider "azurerm" {
  subscription_id                 = var.subscription_id
  resource_provider_registrations = "none"
  storage_use_azuread             = true

  # Registered here, because the identities below have no rights on the subscription.
  resource_providers_to_register = local.resource_providers

  features {}
}

locals {
  # What Azure must have enabled in the subscription for the resources of all roots.
  resource_providers = [
    # Azure Managed Redis, which an environment may have.
    "Microsoft.Cache",
    # The nodes of AKS and their disks.
    "Microsoft.Compute",
    "Microsoft.ContainerRegistry",
    "Microsoft.ContainerService",
    "Microsoft.DBforPostgreSQL",
    "Microsoft.Insights",
    "Microsoft.KeyVault",
    "Microsoft.ManagedIdentity",
    "Microsoft.Monitor",
    "Microsoft.Network",
    "Microsoft.OperationalInsights",
    # AKS asks for it when the agent for logs is on.
    "Microsoft.OperationsManagement",
    "Microsoft.Storage",
  ]

  suffix = substr(sha256("${var.subscription_id}/${var.name}"), 0, 6)

  tags = {
    application  = var.name
    environment  = "shared"
    "managed-by" = "terraform"
  }
}

resource "azurerm_resource_group" "shared" {
  name     = "rg-${var.name}-shared"
  location = var.location
  tags     = local.tags
}

resource "azurerm_resource_group" "environment" {
  for_each = var.environments

  name     = "rg-${var.name}-${each.key}"
  location = var.location
  tags     = merge(local.tags, { environment = each.key })
}

resource "azurerm_storage_account" "state" {
  name                = "st${var.name}${local.suffix}"
  location            = azurerm_resource_group.shared.location
  resource_group_name = azurerm_resource_group.shared.name
  tags                = local.tags

  account_tier                      = "Standard"
  account_replication_type          = "GZRS"
  min_tls_version                   = "TLS1_2"
  shared_access_key_enabled         = false
  default_to_oauth_authentication   = true
  local_user_enabled                = false
  allow_nested_items_to_be_public   = false
  cross_tenant_replication_enabled  = false
  infrastructure_encryption_enabled = true

  blob_properties {
    versioning_enabled = true

    delete_retention_policy {
      days = 30
    }

    container_delete_retention_policy {
      days = 30
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

# One for each environment, so that an identity that may change one state cannot read another.
resource "azurerm_storage_container" "state" {
  for_each = toset(concat(["bootstrap"], keys(var.environments)))

  name               = each.key
  storage_account_id = azurerm_storage_account.state.id
}

module "context" {
  source = "../modules/context"

  name                = var.name
  location            = var.location
  subscription_id     = var.subscription_id
  resource_group_name = azurerm_resource_group.shared.name
  tags                = local.tags
}

module "registry" {
  source = "../modules/registry"

  context = module.context.context
  suffix  = local.suffix
  sku     = var.registry_sku
}
