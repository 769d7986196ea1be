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
  # The name of each secret in the vault. What an operator stores is read only when it is stored.
  vault_names = { for name, version in var.secret_versions : name => replace(name, "_", "-") if version > 0 }
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
