variable "context" {
  type = object({
    name                = string
    location            = string
    resource_group_name = string
    tags                = map(string)
  })
  description = "Name, place and tags of all resources: the output of modules/context."
}

variable "address_space" {
  type        = string
  description = "The network's range, a /16 of private addresses."

  validation {
    condition     = can(cidrhost(var.address_space, 0)) && endswith(var.address_space, "/16") && can(regex("^(10|172\\.(1[6-9]|2[0-9]|3[01])|192\\.168)\\.", var.address_space))
    error_message = "address_space: a /16 of private addresses, such as 10.40.0.0/16."
  }

  validation {
    condition     = !contains(["10.0.0.0/16", "10.244.0.0/16"], var.address_space)
    error_message = "address_space: 10.0.0.0/16 and 10.244.0.0/16 are the cluster's own, for its services and pods."
  }
}

variable "zones" {
  type        = list(string)
  description = "The availability zones of the public addresses."

  validation {
    condition     = length(var.zones) > 0 && alltrue([for zone in var.zones : contains(["1", "2", "3"], zone)])
    error_message = "zones: one or more of \"1\", \"2\" and \"3\"."
  }
}

variable "dns_label" {
  type        = string
  description = "The first part of the public address's DNS name; unique in the region."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,61}[a-z0-9]$", var.dns_label))
    error_message = "dns_label: 3 to 63 small letters, digits and hyphens, beginning with a letter."
  }
}
