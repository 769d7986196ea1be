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

variable "subscription_id" {
  type        = string
  description = "The subscription of the resource group."

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.subscription_id))
    error_message = "subscription_id: a UUID in small letters; az account show --query id -o tsv prints it."
  }
}

variable "resource_group_name" {
  type        = string
  description = "The resource group for all resources; it must exist."

  validation {
    condition     = can(regex("^[A-Za-z0-9._()-]{1,90}$", var.resource_group_name))
    error_message = "resource_group_name: the name of an existing resource group: 1 to 90 letters, digits and any of - _ . ( )"
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
