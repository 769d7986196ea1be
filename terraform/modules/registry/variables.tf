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
    condition     = can(regex("^[a-z0-9]{4,12}$", var.suffix))
    error_message = "suffix: 4 to 12 small letters and digits."
  }
}

variable "sku" {
  type        = string
  description = "Basic has 10 GiB, Standard 100 GiB, Premium 500 GiB, and Premium deletes untagged images after 30 days."
  default     = "Basic"

  validation {
    condition     = contains(["Basic", "Standard", "Premium"], var.sku)
    error_message = "sku: Basic, Standard or Premium."
  }
}
