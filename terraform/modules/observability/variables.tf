variable "name" {
  type        = string
  description = "The application and the environment, such as boxoffice-dev; what is made is named after it."

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.name)) && length(var.name) <= 20
    error_message = "name: small letters, digits and single hyphens, beginning with a letter, 20 characters at most."
  }
}

variable "location" {
  type        = string
  description = "The Azure region, as az account list-locations names it, such as germanywestcentral."

  validation {
    condition     = can(regex("^[a-z]+[a-z0-9]*$", var.location))
    error_message = "location: a region's short name, such as germanywestcentral."
  }
}

variable "resource_group_name" {
  type        = string
  description = "The resource group that everything is made in; it exists already."

  validation {
    condition     = length(var.resource_group_name) > 0
    error_message = "resource_group_name: the name of an existing resource group."
  }
}

variable "tags" {
  type        = map(string)
  description = "Tags of everything that is made."

  validation {
    condition     = alltrue([for tag in ["application", "environment", "managed-by"] : contains(keys(var.tags), tag)])
    error_message = "tags: application, environment and managed-by are needed, so that costs can be told apart."
  }
}

variable "cluster_id" {
  type        = string
  description = "The cluster whose control plane's logs are kept."

  validation {
    condition     = length(var.cluster_id) > 0
    error_message = "cluster_id: a cluster's id."
  }
}

variable "database_server_id" {
  type        = string
  description = "The PostgreSQL server whose logs are kept and that is watched."

  validation {
    condition     = length(var.database_server_id) > 0
    error_message = "database_server_id: a server's id."
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
  description = "Logs of a day beyond this are dropped: a bound on what they cost."
  default     = 1

  validation {
    condition     = var.daily_quota_gb >= 0.1 && var.daily_quota_gb <= 100
    error_message = "daily_quota_gb: 0.1 to 100."
  }
}

variable "alert_emails" {
  type        = set(string)
  description = "Who is written to when the database is down, filling up or too busy."
  default     = []

  validation {
    condition     = alltrue([for address in var.alert_emails : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", address))])
    error_message = "alert_emails: e-mail addresses."
  }
}
