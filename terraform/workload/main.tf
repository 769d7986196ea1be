# The namespace, the shop's address and the Secrets, which the cluster needs before a deployment.

provider "azurerm" {
  subscription_id                 = var.subscription_id
  resource_provider_registrations = "none"

  features {}
}

data "azurerm_kubernetes_cluster" "this" {
  name                = var.cluster_name
  resource_group_name = var.resource_group_name
}

# The signed-in identity of az, a user or a GitHub job, gets a token for the cluster.
provider "kubernetes" {
  host                   = data.azurerm_kubernetes_cluster.this.kube_config[0].host
  cluster_ca_certificate = base64decode(data.azurerm_kubernetes_cluster.this.kube_config[0].cluster_ca_certificate)

  exec {
    api_version = "client.authentication.k8s.io/v1"
    command     = "kubelogin"
    # The id of the Entra application "Azure Kubernetes Service AAD Server", the same in all tenants.
    args = ["get-token", "--login", "azurecli", "--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630"]
  }
}

locals {
  # The name of each secret in the vault. The webhook is read only when one is stored.
  vault_names = merge(
    {
      database_administrator = "database-administrator"
      database_app           = "database-app"
      database_monitoring    = "database-monitoring"
      operator_token         = "operator-token"
      grafana_admin          = "grafana-admin"
    },
    var.secret_versions.discord_webhook > 0 ? { discord_webhook = "discord-webhook" } : {},
  )
}

ephemeral "azurerm_key_vault_secret" "this" {
  for_each = local.vault_names

  name         = each.value
  key_vault_id = var.key_vault_id
}

module "secrets" {
  source = "../modules/secrets"

  public_host = var.public_host
  database    = var.database
  versions    = var.secret_versions

  passwords = { for name, secret in ephemeral.azurerm_key_vault_secret.this : name => secret.value }
}
