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
  description = "The version of each secret. Terraform writes a Secret again when its version changes."

  validation {
    condition     = alltrue([for name, version in var.versions : floor(version) == version && version >= (contains(local.stored_by_operators, name) ? 0 : 1)])
    error_message = "versions: whole numbers from 1, those that an operator stores from 0 (none is stored); raise one by one to rotate."
  }
}

variable "passwords" {
  type = object({
    database_administrator  = string
    database_app            = string
    database_monitoring     = string
    operator_token          = string
    grafana_admin           = string
    discord_webhook         = optional(string)
    redis_url               = optional(string)
    rabbitmq_url            = optional(string)
    smtp_url                = optional(string)
    oidc_client_secret      = optional(string)
    payment_token           = optional(string)
    payment_callback_secret = optional(string)
  })
  description = "The values. Ephemeral: they are in no state and no plan."
  ephemeral   = true
  sensitive   = true

  validation {
    condition     = alltrue([for name, value in var.passwords : length(value) >= 24 if !contains(local.stored_by_operators, name)])
    error_message = "passwords: each generated one has 24 characters or more."
  }

  validation {
    condition     = var.versions.discord_webhook == 0 || try(startswith(var.passwords.discord_webhook, "https://"), false)
    error_message = "passwords: discord_webhook is an https:// address where versions.discord_webhook is 1 or more."
  }

  # The key crosses the network, so it must not be redis://.
  validation {
    condition     = var.versions.redis_url == 0 || can(regex("^rediss://[^:@/]*:[^@/]+@[^@/]+$", var.passwords.redis_url))
    error_message = "passwords: redis_url is rediss://:KEY@HOST:PORT where versions.redis_url is 1 or more; docs/secrets.md has the command that stores it."
  }

  validation {
    condition     = var.versions.rabbitmq_url == 0 || can(regex("^amqps://[^\\s]+$", var.passwords.rabbitmq_url))
    error_message = "passwords: rabbitmq_url is an amqps:// address where versions.rabbitmq_url is 1 or more."
  }

  validation {
    condition     = var.versions.smtp_url == 0 || can(regex("^smtps?://[^\\s]+$", var.passwords.smtp_url))
    error_message = "passwords: smtp_url is an smtp:// or smtps:// address where versions.smtp_url is 1 or more."
  }

  validation {
    condition     = var.versions.oidc_client_secret == 0 || can(regex("^[^\\s]+$", var.passwords.oidc_client_secret))
    error_message = "passwords: oidc_client_secret is a text without spaces and line ends where versions.oidc_client_secret is 1 or more."
  }

  validation {
    condition     = var.versions.payment_token == 0 || can(regex("^[A-Za-z0-9._~+/-]{1,500}=*$", var.passwords.payment_token))
    error_message = "passwords: payment_token is a bearer token where versions.payment_token is 1 or more."
  }

  validation {
    condition     = var.versions.payment_callback_secret == 0 || can(regex("^[!-~]{16,200}$", var.passwords.payment_callback_secret))
    error_message = "passwords: payment_callback_secret has 16 to 200 visible ASCII characters where versions.payment_callback_secret is 1 or more."
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
