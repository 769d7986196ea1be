variable "context" {
  type = object({
    name                = string
    location            = string
    resource_group_name = string
    tags                = map(string)
  })
  description = "Name, place and tags of all resources: the output of modules/context."
}

variable "server_name" {
  type        = string
  description = "The server's name, unique in all of Azure."

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.server_name))
    error_message = "server_name: 3 to 63 small letters, digits and hyphens, no hyphen first or last."
  }
}

variable "database_name" {
  type        = string
  description = "The database."
  default     = "boxoffice"

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.database_name))
    error_message = "database_name: small letters, digits and underscores, beginning with a letter, 63 at most."
  }
}

variable "administrator_login" {
  type        = string
  description = "The administrator: the migration Job's role, never the API's."
  default     = "boxoffice_admin"

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.administrator_login)) && !startswith(var.administrator_login, "pg_") && !contains(["azure_superuser", "azure_pg_admin", "admin", "administrator", "root", "guest", "public", "boxoffice_app", "boxoffice_a", "boxoffice_b"], var.administrator_login)
    error_message = "administrator_login: small letters, digits and underscores; not a name that Azure, PostgreSQL or the API's roles use."
  }
}

variable "administrator_password" {
  type        = string
  description = "The administrator's password. Ephemeral: it is in no state and no plan."
  ephemeral   = true
  sensitive   = true

  validation {
    condition     = length(var.administrator_password) >= 24
    error_message = "administrator_password: 24 characters or more."
  }
}

variable "administrator_password_version" {
  type        = number
  description = "Raise it to send the password to the server again."

  validation {
    condition     = var.administrator_password_version >= 1 && floor(var.administrator_password_version) == var.administrator_password_version
    error_message = "administrator_password_version: a whole number from 1; raise it by one to rotate."
  }
}

variable "subnet_id" {
  type        = string
  description = "The subnet delegated to PostgreSQL."

  validation {
    condition     = can(regex("/subnets/", var.subnet_id))
    error_message = "subnet_id: a delegated subnet's id; without one the server would be public."
  }
}

variable "dns_zone_id" {
  type        = string
  description = "The private DNS zone of the server's name, ending in .postgres.database.azure.com."

  validation {
    condition     = endswith(var.dns_zone_id, ".postgres.database.azure.com")
    error_message = "dns_zone_id: the id of a private DNS zone whose name ends in .postgres.database.azure.com."
  }
}

variable "postgres_version" {
  type        = string
  description = "The major version. Raising it upgrades in place and cannot be undone: docs/deployment.md."
  default     = "17"

  validation {
    condition     = contains(["15", "16", "17", "18"], var.postgres_version)
    error_message = "postgres_version: 15, 16, 17 or 18."
  }
}

variable "sku_name" {
  type        = string
  description = "The machine: B_… is cheap and has no standby, GP_… and MO_… may have one."

  validation {
    condition     = can(regex("^(B|GP|MO)_Standard_[A-Za-z0-9_]+$", var.sku_name))
    error_message = "sku_name: such as B_Standard_B1ms, GP_Standard_D2ds_v5 or MO_Standard_E4ds_v5."
  }
}

variable "storage_gb" {
  type        = number
  description = "Storage of a new server. Azure enlarges it and never shrinks it; a later change of this value has no effect."
  default     = 32

  validation {
    condition     = contains([32, 64, 128, 256, 512, 1024, 2048, 4096], var.storage_gb)
    error_message = "storage_gb: 32, 64, 128, 256, 512, 1024, 2048 or 4096."
  }
}

variable "high_availability" {
  type        = bool
  description = "A standby in another zone, which takes over within a minute or two and has every committed row."
  default     = false

  validation {
    condition     = !(var.high_availability && startswith(var.sku_name, "B_"))
    error_message = "high_availability: a burstable server (${var.sku_name}) has no standby. Take a GP_ or MO_ sku_name, such as GP_Standard_D2ds_v5, or set high_availability to false."
  }
}

variable "high_availability_mode" {
  type        = string
  description = "Where the standby is: in another zone, or in the same one, which has a shorter way and no protection against the loss of the zone."
  default     = "ZoneRedundant"

  validation {
    condition     = contains(["ZoneRedundant", "SameZone"], var.high_availability_mode)
    error_message = "high_availability_mode: ZoneRedundant or SameZone."
  }
}

variable "replica" {
  type = object({
    server_name      = string
    location         = optional(string)
    subnet_id        = optional(string)
    dns_zone_id      = optional(string)
    virtual_endpoint = optional(string)
  })
  description = "A read replica, in this region or another one, and the name of its virtual endpoints; null for none. Another region needs a subnet there that is delegated to PostgreSQL, and a private DNS zone, and its network must be peered with this one."
  default     = null

  validation {
    condition     = var.replica == null || !startswith(var.sku_name, "B_")
    error_message = "replica: a burstable server (${var.sku_name}) has no read replica. Take a GP_ or MO_ sku_name, such as GP_Standard_D2ds_v5, or set replica to null."
  }

  validation {
    condition     = var.replica == null || can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.replica.server_name)) && try(var.replica.server_name, "") != var.server_name
    error_message = "replica: server_name has 3 to 63 small letters, digits and hyphens, no hyphen first or last, and is not the name of its source."
  }

  validation {
    condition     = try(var.replica.location, null) == null || try(var.replica.location, null) == var.context.location || try(can(regex("/subnets/", var.replica.subnet_id)) && endswith(var.replica.dns_zone_id, ".postgres.database.azure.com"), false)
    error_message = "replica: in another location it needs subnet_id, a subnet there that is delegated to PostgreSQL, and dns_zone_id, a private DNS zone whose name ends in .postgres.database.azure.com."
  }

  validation {
    condition     = try(var.replica.virtual_endpoint, null) == null || can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.replica.virtual_endpoint))
    error_message = "replica: virtual_endpoint has 3 to 63 small letters, digits and hyphens, no hyphen first or last."
  }
}

variable "backup_retention_days" {
  type        = number
  description = "The number of days for point-in-time restore."
  default     = 7

  validation {
    condition     = var.backup_retention_days >= 7 && var.backup_retention_days <= 35
    error_message = "backup_retention_days: 7 to 35."
  }
}

variable "geo_redundant_backup" {
  type        = bool
  description = "Keeps backups in the paired region too. Changing it later replaces the server."
  default     = false

  validation {
    condition     = var.geo_redundant_backup != null
    error_message = "geo_redundant_backup: true or false."
  }
}

variable "pooler" {
  type        = bool
  description = "PgBouncer on port 6432. Has no effect for a SKU without it (B_…)."
  default     = true

  validation {
    condition     = var.pooler != null
    error_message = "pooler: true or false."
  }
}

variable "parameters" {
  type        = map(string)
  description = "Server parameters."
  nullable    = false
  default = {
    "idle_in_transaction_session_timeout" = "60000"
    "log_autovacuum_min_duration"         = "60000"
    "log_lock_waits"                      = "on"
    "log_min_duration_statement"          = "1000"
  }

  validation {
    condition     = contains(["on", "remote_apply", "remote_write"], lookup(var.parameters, "synchronous_commit", "on")) && lookup(var.parameters, "require_secure_transport", "on") == "on"
    error_message = "parameters: synchronous_commit and require_secure_transport stay on: a confirmed sale must be on disk, and no password may cross the network unencrypted."
  }
}

variable "maintenance_window" {
  type = object({
    day_of_week = number
    start_hour  = number
  })
  description = "When Azure may restart the server, in UTC; Sunday is 0."
  default     = { day_of_week = 2, start_hour = 2 }

  validation {
    condition     = contains(range(7), var.maintenance_window.day_of_week) && contains(range(24), var.maintenance_window.start_hour)
    error_message = "maintenance_window: day_of_week 0 to 6 from Sunday, start_hour 0 to 23."
  }
}

variable "deletion_protection" {
  type        = bool
  description = "Rejects every plan that would delete or replace the server or the database, and locks them in Azure."
  default     = true

  validation {
    condition     = var.deletion_protection != null
    error_message = "deletion_protection: true or false."
  }
}
