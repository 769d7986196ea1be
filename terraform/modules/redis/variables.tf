variable "context" {
  type = object({
    name                = string
    location            = string
    resource_group_name = string
    resource_group_id   = string
    tags                = map(string)
  })
  description = "Name, place and tags of all resources: the output of modules/context."
}

variable "suffix" {
  type        = string
  description = "A suffix that makes the name unique in the region."

  validation {
    condition     = can(regex("^[a-z0-9]{4,6}$", var.suffix))
    error_message = "suffix: 4 to 6 small letters and digits."
  }
}

variable "virtual_network" {
  type        = object({ id = string, name = string })
  description = "The network of the nodes."

  validation {
    condition     = endswith(var.virtual_network.id, "/virtualNetworks/${var.virtual_network.name}")
    error_message = "virtual_network: the id and the name of the same network; modules/network has both as outputs."
  }
}

variable "nodes_range" {
  type        = string
  description = "The range of the nodes, the only clients."

  validation {
    condition     = can(cidrhost(var.nodes_range, 0))
    error_message = "nodes_range: a CIDR block, such as 10.40.0.0/20."
  }
}

variable "address_range" {
  type        = string
  description = "The range of the subnet with the private endpoint."

  validation {
    condition     = can(cidrhost(var.address_range, 0)) && try(tonumber(split("/", var.address_range)[1]), 32) <= 29
    error_message = "address_range: a CIDR block of 8 addresses or more, such as 10.40.16.16/28; Azure keeps five of them."
  }
}

variable "sku_name" {
  type        = string
  description = "The size. Balanced_B0, the smallest, has 0.5 GB."
  default     = "Balanced_B0"

  validation {
    # A database without a cluster may have 25 GB at most: Balanced_B20 has 24.
    condition     = can(regex("^Balanced_B(0|1|3|5|10|20)$", var.sku_name))
    error_message = "sku_name: Balanced_B0, Balanced_B1, Balanced_B3, Balanced_B5, Balanced_B10 or Balanced_B20."
  }
}

variable "high_availability" {
  type        = bool
  description = "A second node. Without it, Azure's maintenance interrupts Redis, and the shop works without Redis meanwhile."
  default     = false

  validation {
    condition     = var.high_availability != null
    error_message = "high_availability: true or false."
  }
}
