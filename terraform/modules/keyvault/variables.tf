variable "context" {
  type = object({
    name                = string
    location            = string
    resource_group_name = string
    tags                = map(string)
  })
  description = "Name, place and tags of all resources: the output of modules/context."
}

variable "suffix" {
  type        = string
  description = "A suffix that makes the name unique in Azure."

  validation {
    condition     = can(regex("^[a-z0-9]{4,6}$", var.suffix)) && length("kv-${var.context.name}-${var.suffix}") <= 24
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
