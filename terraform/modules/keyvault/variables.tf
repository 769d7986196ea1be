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

variable "suffix" {
  type        = string
  description = "A suffix that makes the name unique in Azure."

  validation {
    condition     = can(regex("^[a-z0-9]{4,6}$", var.suffix)) && length("kv-${var.name}-${var.suffix}") <= 24
    error_message = "suffix: 4 to 6 small letters and digits, and kv-NAME-SUFFIX has 24 characters at most."
  }
}

variable "secrets" {
  type        = map(number)
  description = "The passwords to generate, by name, each with its version. Raising a version generates a new password."

  validation {
    condition     = alltrue([for name, version in var.secrets : can(regex("^[a-z][a-z0-9-]{0,126}$", name)) && version >= 1 && floor(version) == version])
    error_message = "secrets: names of small letters, digits and hyphens, versions whole numbers from 1; raise a version by one to rotate."
  }
}

variable "soft_delete_days" {
  type        = number
  description = "How many days a deleted vault or secret can be recovered."
  default     = 7

  validation {
    condition     = var.soft_delete_days >= 7 && var.soft_delete_days <= 90
    error_message = "soft_delete_days: 7 to 90."
  }
}

variable "purge_protection" {
  type        = bool
  description = "Prevents purging a deleted vault before its retention ends. Cannot be turned off again."

  validation {
    condition     = var.purge_protection != null
    error_message = "purge_protection: true or false."
  }
}

variable "ip_ranges" {
  type        = set(string)
  description = "The address ranges that may connect to the vault. Empty: all addresses, for Entra identities with a role."
  default     = []

  validation {
    condition     = alltrue([for range in var.ip_ranges : can(cidrhost(range, 0))])
    error_message = "ip_ranges: CIDR blocks, such as 203.0.113.7/32."
  }
}
