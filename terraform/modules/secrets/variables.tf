variable "namespace" {
  type        = string
  description = "The namespace of all parts of Box Office."
  default     = "boxoffice"

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", var.namespace)) && !startswith(var.namespace, "kube-") && var.namespace != "default"
    error_message = "namespace: small letters, digits and hyphens; not default, not kube-…"
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
    condition     = endswith(var.database.host, ".postgres.database.azure.com")
    error_message = "database: host is the server's name in DNS, ending in .postgres.database.azure.com; platform's output workload has it."
  }

  validation {
    condition     = !contains(["boxoffice_a", "boxoffice_b", "boxoffice_app", "boxoffice_monitoring"], var.database.administrator_login)
    error_message = "database: administrator_login is the migration Job's role and must not be one of the API's or the exporter's."
  }
}

variable "versions" {
  type = object({
    database_administrator = number
    database_app           = number
    database_monitoring    = number
    operator_token         = number
    grafana_admin          = number
    discord_webhook        = number
  })
  description = "The version of each secret. Terraform writes a Secret again when its version changes."

  validation {
    condition     = alltrue([for name, version in var.versions : floor(version) == version && version >= (name == "discord_webhook" ? 0 : 1)])
    error_message = "versions: whole numbers from 1, discord_webhook from 0 (none is stored); raise one by one to rotate."
  }
}

variable "passwords" {
  type = object({
    database_administrator = string
    database_app           = string
    database_monitoring    = string
    operator_token         = string
    grafana_admin          = string
    discord_webhook        = optional(string)
  })
  description = "The values. Ephemeral: they are in no state and no plan."
  ephemeral   = true
  sensitive   = true

  validation {
    condition     = alltrue([for name, value in var.passwords : length(value) >= 24 if name != "discord_webhook"])
    error_message = "passwords: each has 24 characters or more."
  }

  validation {
    condition     = var.versions.discord_webhook == 0 || try(startswith(var.passwords.discord_webhook, "https://"), false)
    error_message = "passwords: discord_webhook is an https:// address where versions.discord_webhook is 1 or more."
  }
}

variable "public_host" {
  type        = string
  description = "The shop's DNS name, without https://."

  validation {
    condition     = can(regex("^[a-z0-9.-]+$", var.public_host))
    error_message = "public_host: a DNS name in small letters, such as tickets.example.com, without https:// and without a port."
  }
}
