# All of these are platform's output "workload":
#   terraform -chdir=terraform/platform output -json workload > dev.workload.tfvars.json

variable "subscription_id" {
  type        = string
  description = "The Azure subscription."

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.subscription_id))
    error_message = "subscription_id: a UUID in small letters."
  }
}

variable "resource_group_name" {
  type        = string
  description = "The environment's resource group."

  validation {
    condition     = length(var.resource_group_name) > 0
    error_message = "resource_group_name: platform's output workload has it."
  }
}

variable "cluster_name" {
  type        = string
  description = "The environment's cluster."

  validation {
    condition     = length(var.cluster_name) > 0
    error_message = "cluster_name: platform's output workload has it."
  }
}

variable "key_vault_id" {
  type        = string
  description = "The vault with the passwords."

  validation {
    condition     = can(regex("/Microsoft.KeyVault/vaults/", var.key_vault_id))
    error_message = "key_vault_id: a vault's resource id; platform's output workload has it."
  }
}

variable "public_host" {
  type        = string
  description = "The shop's DNS name."

  validation {
    condition     = length(var.public_host) > 0
    error_message = "public_host: platform's output workload has it."
  }
}

variable "database" {
  type = object({
    host                = string
    name                = string
    administrator_login = string
  })
  description = "The database's address and its administrator."

  validation {
    condition     = length(var.database.host) > 0
    error_message = "database: platform's output workload has it."
  }
}

variable "secret_versions" {
  type = object({
    database_administrator  = number
    database_app            = number
    database_monitoring     = number
    operator_token          = number
    grafana_admin           = number
    discord_webhook         = number
    redis_url               = number
    rabbitmq_url            = number
    smtp_url                = number
    oidc_client_secret      = number
    payment_token           = number
    payment_callback_secret = number
  })
  description = "The version of each secret. Raise it only in platform's tfvars file."

  validation {
    condition     = alltrue([for version in values(var.secret_versions) : version >= 0])
    error_message = "secret_versions: whole numbers from 0; platform's output workload has them."
  }
}
