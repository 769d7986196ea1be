output "resource_group_name" {
  description = "The environment's resource group."
  value       = local.resource_group_name
}

output "cluster_name" {
  description = "For az aks get-credentials."
  value       = module.aks.name
}

output "authorized_ip_ranges" {
  description = "The address ranges that may connect to the API server; terraform/api-server close restores them."
  value       = var.authorized_ip_ranges
}

output "public_ip_name" {
  description = "The value of the annotation azure-pip-name of the Gateway."
  value       = module.network.public_ip_name
}

output "public_address" {
  description = "The API's address."
  value       = module.network.public_address
}

output "public_fqdn" {
  description = "The address's name in Azure's domain: the target of the CNAME of a domain of your own."
  value       = module.network.public_fqdn
}

output "public_host" {
  description = "The shop's DNS name, for which it has a certificate."
  value       = local.public_host
}

output "key_vault_name" {
  description = "The vault with all passwords; docs/secrets.md shows how to read one."
  value       = module.keyvault.name
}

output "database_server_name" {
  description = "For az postgres flexible-server."
  value       = module.postgres.name
}

output "database_fqdn" {
  description = "The server's name in DNS, known inside the network only."
  value       = module.postgres.fqdn
}

output "database_pooler_port" {
  description = "PgBouncer's port, or null where the SKU has none."
  value       = module.postgres.pooler_port
}

output "redis_name" {
  description = "For az redisenterprise, or null where there is no Redis."
  value       = one(module.redis[*].name)
}

output "redis_address" {
  description = "Host and port of Redis, known inside the network only, or null where there is none."
  value       = one(module.redis[*].address)
}

output "oidc_issuer_url" {
  description = "The issuer of the tokens of the cluster's service accounts."
  value       = module.aks.oidc_issuer_url
}

output "prometheus_query_endpoint" {
  description = "The address for queries of the Prometheus of Azure, or null where managed_prometheus is off."
  value       = module.observability.prometheus_query_endpoint
}

output "workload" {
  description = "The variables of the workload root, as its -var-file. Names and numbers; no secret."
  value = {
    subscription_id     = var.subscription_id
    resource_group_name = local.resource_group_name
    cluster_name        = module.aks.name
    key_vault_id        = module.keyvault.id
    public_host         = local.public_host
    secret_versions     = var.secret_versions
    database = {
      host                = module.postgres.fqdn
      name                = module.postgres.database_name
      administrator_login = module.postgres.administrator_login
    }
  }
}

output "database_replica_fqdn" {
  description = "The read replica of the database, for READ_DATABASE_URL; null where there is none."
  value       = module.postgres.replica_fqdn
}

output "database_virtual_endpoint" {
  description = "The database's names that follow a promotion; null where there are none."
  value       = module.postgres.virtual_endpoint
}
