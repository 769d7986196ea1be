# Values that go to a module unchanged are validated there, with a message that names the setting.

variable "subscription_id" {
  type        = string
  description = "The Azure subscription; az account show --query id."

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.subscription_id))
    error_message = "subscription_id: a UUID in small letters; az account show --query id -o tsv prints it."
  }
}

variable "name" {
  type        = string
  description = "The application, in every name; the same as in bootstrap."
  default     = "boxoffice"

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{2,8}$", var.name))
    error_message = "name: 3 to 9 small letters and digits, beginning with a letter."
  }
}

variable "environment" {
  type        = string
  description = "The name of the environment. bootstrap creates its resource group."

  validation {
    condition     = can(regex("^[a-z]{2,4}$", var.environment))
    error_message = "environment: 2 to 4 small letters, such as dev or prod."
  }
}

variable "location" {
  type        = string
  description = "The Azure region; the same default as in bootstrap, for its reason. Where database.high_availability is on, one with availability zones."
  default     = "northeurope"
}

variable "tags" {
  type        = map(string)
  description = "Additional tags. application, environment and managed-by are always set."
  default     = {}

  validation {
    condition     = length(setintersection(keys(var.tags), ["application", "environment", "managed-by"])) == 0
    error_message = "tags: application, environment and managed-by are set by Terraform."
  }
}

variable "address_space" {
  type        = string
  description = "The virtual network's range, a /16 of private addresses."
  default     = "10.40.0.0/16"

  validation {
    condition     = can(cidrhost(var.address_space, 0))
    error_message = "address_space: a CIDR block, such as 10.40.0.0/16."
  }
}

variable "domain" {
  type        = string
  description = "A DNS name of your own for the shop, as a CNAME of the output public_fqdn. Null: the name in Azure's domain."
  default     = null

  validation {
    condition     = var.domain == null || can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "domain: a DNS name in small letters, such as tickets.example.com, without https:// and without a port."
  }
}

variable "zones" {
  type        = list(string)
  description = "The availability zones of nodes and of the public address."
  default     = ["1", "2", "3"]

  validation {
    condition     = length(var.zones) == length(distinct(var.zones))
    error_message = "zones: each once."
  }
}

variable "registry_id" {
  type        = string
  description = "The image registry; bootstrap's output registry_id."

  validation {
    condition     = startswith(var.registry_id, "/subscriptions/")
    error_message = "registry_id: a resource id; terraform -chdir=terraform/bootstrap output -raw registry_id prints it."
  }
}

variable "authorized_ip_ranges" {
  type        = set(string)
  description = "The address ranges that may connect to the cluster's API server."

  validation {
    condition     = length(var.authorized_ip_ranges) > 0
    error_message = "authorized_ip_ranges: at least one CIDR block; your own address with /32: curl -4 https://ifconfig.me"
  }
}

variable "key_vault_ip_ranges" {
  type        = set(string)
  description = "The address ranges that may connect to the vault. Empty: all addresses, for Entra identities with a role; needed with GitHub's own runners, which have no fixed address."
  default     = []

  validation {
    condition     = alltrue([for range in var.key_vault_ip_ranges : can(cidrhost(range, 0))])
    error_message = "key_vault_ip_ranges: CIDR blocks, such as 203.0.113.7/32."
  }
}

variable "admin_group_object_ids" {
  type        = list(string)
  description = "Entra groups whose members administer the cluster."
  default     = []

  validation {
    condition     = length(var.admin_group_object_ids) == length(distinct(var.admin_group_object_ids))
    error_message = "admin_group_object_ids: each once."
  }
}

variable "cluster" {
  type = object({
    # The manifests are checked against the schemas of this version: .ci/manifests.
    kubernetes_version = optional(string, "1.35")
    sku_tier           = string
    system_pool = object({
      vm_size         = string
      min_count       = number
      max_count       = number
      os_disk_size_gb = optional(number, 64)
    })
    user_pools = optional(map(object({
      vm_size         = string
      min_count       = number
      max_count       = number
      os_disk_size_gb = optional(number, 64)
    })), {})
    maintenance_window = optional(object({
      day_of_week = string
      start_time  = string
    }), { day_of_week = "Tuesday", start_time = "02:00" })
  })
  description = "The cluster; modules/aks describes and validates each setting."

  validation {
    condition     = var.cluster.system_pool.max_count >= 2 || length(var.cluster.user_pools) > 0
    error_message = "cluster: a system pool that takes the application too needs a max_count of 2 or more, because an upgrade moves pods to another node."
  }
}

variable "database" {
  type = object({
    postgres_version       = optional(string, "17")
    sku_name               = string
    storage_gb             = optional(number, 32)
    high_availability      = optional(bool, false)
    high_availability_mode = optional(string, "ZoneRedundant")
    replica = optional(object({
      server_name      = string
      location         = optional(string)
      subnet_id        = optional(string)
      dns_zone_id      = optional(string)
      virtual_endpoint = optional(string)
    }))
    backup_retention_days = optional(number, 7)
    geo_redundant_backup  = optional(bool, false)
    pooler                = optional(bool, true)
    parameters            = optional(map(string))
    maintenance_window    = optional(object({ day_of_week = number, start_hour = number }), { day_of_week = 2, start_hour = 2 })
  })
  description = "PostgreSQL; modules/postgres describes and validates each setting."

  validation {
    condition     = length(var.database.sku_name) > 0
    error_message = "database: sku_name is needed, such as B_Standard_B1ms."
  }
}

variable "database_server_name" {
  type        = string
  description = "A name for the server instead of the computed one, for example that of a restored server."
  default     = null

  validation {
    condition     = var.database_server_name == null || can(regex("^[a-z0-9-]{3,63}$", var.database_server_name))
    error_message = "database_server_name: 3 to 63 small letters, digits and hyphens."
  }
}

variable "redis" {
  type = object({
    sku_name          = optional(string, "Balanced_B0")
    high_availability = optional(bool, false)
  })
  description = "Azure Managed Redis; {} is the smallest one, null is none. modules/redis describes and validates each setting."
  default     = null

  validation {
    condition     = var.redis == null || try(startswith(var.redis.sku_name, "Balanced_"), false)
    error_message = "redis: {}, or with a sku_name such as Balanced_B1."
  }
}

variable "deletion_protection" {
  type        = bool
  description = "Prevents deleting the database and purging the vault."

  validation {
    condition     = var.deletion_protection || var.environment != "prod"
    error_message = "deletion_protection: stays true in prod. To delete the environment on purpose, see docs/deployment.md."
  }
}

variable "logs" {
  type = object({
    retention_days = optional(number, 30)
    daily_quota_gb = optional(number, 1)
  })
  description = "Azure's own logs: retention and daily quota."
  default     = {}

  validation {
    condition     = var.logs.daily_quota_gb > 0
    error_message = "logs: daily_quota_gb is more than 0."
  }
}

variable "managed_prometheus" {
  type        = bool
  description = "A Prometheus of Azure with the figures of nodes and containers, beside the one in the cluster: docs/observing.md."
  default     = false

  validation {
    condition     = var.managed_prometheus != null
    error_message = "managed_prometheus: true or false."
  }
}

variable "alert_emails" {
  type        = set(string)
  description = "E-mail addresses that get alerts about the database and the quota of the logs."
  default     = []

  validation {
    condition     = alltrue([for address in var.alert_emails : strcontains(address, "@")])
    error_message = "alert_emails: e-mail addresses."
  }
}

variable "secret_versions" {
  type = object({
    database_administrator  = optional(number, 1)
    database_app            = optional(number, 1)
    database_monitoring     = optional(number, 1)
    operator_token          = optional(number, 1)
    grafana_admin           = optional(number, 1)
    discord_webhook         = optional(number, 0)
    redis_url               = optional(number, 0)
    rabbitmq_url            = optional(number, 0)
    smtp_url                = optional(number, 0)
    oidc_client_secret      = optional(number, 0)
    payment_token           = optional(number, 0)
    payment_callback_secret = optional(number, 0)
  })
  description = "To rotate a secret, raise its version by one and apply both roots. From discord_webhook on: 0 until an operator has stored the secret in the vault."
  default     = {}

  validation {
    condition     = alltrue([for version in values(var.secret_versions) : version >= 0 && floor(version) == version])
    error_message = "secret_versions: whole numbers; 0 for a secret that is not in the vault."
  }
}
