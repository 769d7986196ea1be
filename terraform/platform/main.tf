# One environment in Azure: the network, the cluster, the database, the vault with every password, logs and alerts.

provider "azurerm" {
  subscription_id = var.subscription_id

  # bootstrap registers the resource providers; these identities have no right to do so.
  resource_provider_registrations = "none"
  storage_use_azuread             = true

  features {
    key_vault {
      # Purging needs rights on the whole subscription and defeats soft deletion.
      purge_soft_delete_on_destroy          = false
      purge_soft_deleted_secrets_on_destroy = false
      recover_soft_deleted_key_vaults       = true
      recover_soft_deleted_secrets          = true
    }
  }
}

locals {
  full_name           = "${var.name}-${var.environment}"
  resource_group_name = "rg-${local.full_name}"

  # For names that must be unique in Azure. It depends only on the subscription and the environment.
  suffix = substr(sha256(module.context.context.resource_group_id), 0, 6)

  database_server_name = coalesce(var.database_server_name, "psql-${local.full_name}-${local.suffix}")

  public_host = coalesce(var.domain, module.network.public_fqdn)

  tags = merge(var.tags, {
    application  = var.name
    environment  = var.environment
    "managed-by" = "terraform"
  })
}

module "context" {
  source = "../modules/context"

  name                = local.full_name
  location            = var.location
  subscription_id     = var.subscription_id
  resource_group_name = local.resource_group_name
  tags                = local.tags
}

module "network" {
  source = "../modules/network"

  context       = module.context.context
  address_space = var.address_space
  zones         = var.zones
  dns_label     = "${local.full_name}-${local.suffix}"
}

module "aks" {
  source = "../modules/aks"

  context                = module.context.context
  zones                  = var.zones
  nodes_subnet_id        = module.network.nodes_subnet_id
  outbound_address_id    = module.network.outbound_address_id
  registry_id            = var.registry_id
  kubernetes_version     = var.cluster.kubernetes_version
  sku_tier               = var.cluster.sku_tier
  system_pool            = var.cluster.system_pool
  user_pools             = var.cluster.user_pools
  maintenance_window     = var.cluster.maintenance_window
  log_workspace_id       = module.observability.workspace_id
  managed_prometheus     = var.managed_prometheus
  authorized_ip_ranges   = var.authorized_ip_ranges
  admin_group_object_ids = var.admin_group_object_ids
}

module "keyvault" {
  source = "../modules/keyvault"

  context          = module.context.context
  suffix           = local.suffix
  ip_ranges        = var.key_vault_ip_ranges
  purge_protection = var.deletion_protection

  secrets = {
    "database-administrator" = var.secret_versions.database_administrator
    "database-app"           = var.secret_versions.database_app
    "database-monitoring"    = var.secret_versions.database_monitoring
    "operator-token"         = var.secret_versions.operator_token
    "grafana-admin"          = var.secret_versions.grafana_admin
  }
}

# The server's password comes from the vault and not from the generator. If an apply stopped between the two, the next one
# would generate another password, and the vault and the server would stay different.
# If the update of the server fails, the provider still stores the new version in the state and sends nothing at the
# next apply. Then raise the version once more (docs/secrets.md).
# The version makes the first plan wait until the secret exists.
ephemeral "azurerm_key_vault_secret" "database_administrator" {
  name         = "database-administrator"
  key_vault_id = module.keyvault.id
  version      = module.keyvault.versions["database-administrator"]
}

module "postgres" {
  source = "../modules/postgres"

  context                = module.context.context
  server_name            = local.database_server_name
  subnet_id              = module.network.database_subnet_id
  dns_zone_id            = module.network.database_dns_zone_id
  postgres_version       = var.database.postgres_version
  sku_name               = var.database.sku_name
  storage_gb             = var.database.storage_gb
  high_availability      = var.database.high_availability
  high_availability_mode = var.database.high_availability_mode
  replica                = var.database.replica
  backup_retention_days  = var.database.backup_retention_days
  geo_redundant_backup   = var.database.geo_redundant_backup
  pooler                 = var.database.pooler
  parameters             = var.database.parameters
  maintenance_window     = var.database.maintenance_window
  deletion_protection    = var.deletion_protection

  administrator_password         = ephemeral.azurerm_key_vault_secret.database_administrator.value
  administrator_password_version = var.secret_versions.database_administrator
}

module "redis" {
  source = "../modules/redis"
  count  = var.redis == null ? 0 : 1

  context           = module.context.context
  suffix            = local.suffix
  virtual_network   = module.network.virtual_network
  nodes_range       = module.network.nodes_range
  address_range     = module.network.redis_range
  sku_name          = var.redis.sku_name
  high_availability = var.redis.high_availability
}

module "observability" {
  source = "../modules/observability"

  context            = module.context.context
  cluster_id         = module.aks.id
  database_server_id = module.postgres.id
  key_vault_id       = module.keyvault.id
  retention_days     = var.logs.retention_days
  daily_quota_gb     = var.logs.daily_quota_gb
  managed_prometheus = var.managed_prometheus
  alert_emails       = var.alert_emails
}
