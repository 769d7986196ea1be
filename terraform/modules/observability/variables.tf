variable "name" {
  type        = string
  description = "The application and the environment, such as boxoffice-dev; all resources are named after it."

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.name)) && length(var.name) <= 20
    error_message = "name: small letters, digits and single hyphens, beginning with a letter, 20 characters at most."
  }
}

variable "location" {
  type        = string
  description = "The Azure region, as az account list-locations names it, such as northeurope."

  validation {
    condition     = can(regex("^[a-z]+[a-z0-9]*$", var.location))
    error_message = "location: a region's short name, such as northeurope."
  }
}

variable "resource_group_name" {
  type        = string
  description = "The resource group for all resources; it must exist."

  validation {
    condition     = length(var.resource_group_name) > 0
    error_message = "resource_group_name: the name of an existing resource group."
  }
}

variable "tags" {
  type        = map(string)
  description = "Tags of all resources."

  validation {
    condition     = alltrue([for tag in ["application", "environment", "managed-by"] : contains(keys(var.tags), tag)])
    error_message = "tags: application, environment and managed-by are needed, so that costs can be separated."
  }
}

variable "cluster_id" {
  type        = string
  description = "The cluster with logs of its control plane."

  validation {
    condition     = length(var.cluster_id) > 0
    error_message = "cluster_id: a cluster's id."
  }
}

variable "database_server_id" {
  type        = string
  description = "The PostgreSQL server with logs and alerts."

  validation {
    condition     = length(var.database_server_id) > 0
    error_message = "database_server_id: a server's id."
  }
}

variable "key_vault_id" {
  type        = string
  description = "The vault with a log of every access."

  validation {
    condition     = can(regex("/Microsoft.KeyVault/vaults/", var.key_vault_id))
    error_message = "key_vault_id: a vault's id."
  }
}

variable "retention_days" {
  type        = number
  description = "How long logs are kept."
  default     = 30

  validation {
    condition     = var.retention_days >= 30 && var.retention_days <= 730
    error_message = "retention_days: 30 to 730."
  }
}

variable "daily_quota_gb" {
  type        = number
  description = "The maximum amount of logs per day, to limit their cost; Azure drops the rest."
  default     = 1

  validation {
    condition     = var.daily_quota_gb >= 0.1 && var.daily_quota_gb <= 100
    error_message = "daily_quota_gb: 0.1 to 100."
  }
}

variable "alert_emails" {
  type        = set(string)
  description = "E-mail addresses that get alerts when the database is down, nearly full or overloaded."
  default     = []

  validation {
    condition     = alltrue([for address in var.alert_emails : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", address))])
    error_message = "alert_emails: e-mail addresses."
  }
}
