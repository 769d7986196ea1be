variable "context" {
  type = object({
    name                = string
    location            = string
    resource_group_name = string
    tags                = map(string)
  })
  description = "Name, place and tags of all resources: the output of modules/context."
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

variable "log_namespaces" {
  type        = set(string)
  description = "The namespaces whose log lines are kept."
  default     = ["boxoffice"]

  validation {
    condition     = length(var.log_namespaces) > 0 && alltrue([for name in var.log_namespaces : can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", name))])
    error_message = "log_namespaces: at least one namespace, such as boxoffice; without any, the logs of all would be kept and paid for."
  }
}

variable "managed_prometheus" {
  type        = bool
  description = "A Prometheus of Azure with the figures of nodes and containers, beside the one in the cluster."
  default     = false

  validation {
    condition     = var.managed_prometheus != null
    error_message = "managed_prometheus: true or false."
  }
}

variable "alert_emails" {
  type        = set(string)
  description = "E-mail addresses that get alerts when the database is down, nearly full or overloaded, or when Azure drops logs."
  default     = []

  validation {
    condition     = alltrue([for address in var.alert_emails : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", address))])
    error_message = "alert_emails: e-mail addresses."
  }
}
