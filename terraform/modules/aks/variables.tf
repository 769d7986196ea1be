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

variable "nodes_subnet_id" {
  type        = string
  description = "The subnet of the nodes."

  validation {
    condition     = length(var.nodes_subnet_id) > 0
    error_message = "nodes_subnet_id: a subnet's id."
  }
}

variable "outbound_address_id" {
  type        = string
  description = "The public address of the nodes' own calls."

  validation {
    condition     = can(regex("/publicIPAddresses/", var.outbound_address_id))
    error_message = "outbound_address_id: a public address's id; without one, AKS would create it in the group of the nodes."
  }
}

variable "registry_id" {
  type        = string
  description = "The registry that nodes may pull from."

  validation {
    condition     = can(regex("/Microsoft.ContainerRegistry/registries/", var.registry_id))
    error_message = "registry_id: a registry's id; bootstrap's output registry_id has it."
  }
}

variable "kubernetes_version" {
  type        = string
  description = "The minor version, such as 1.35; Azure applies patches."

  validation {
    condition     = can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "kubernetes_version: a minor version such as 1.35, without a patch, which Azure chooses. Without a version, Azure would choose one that no test has seen."
  }
}

variable "sku_tier" {
  type        = string
  description = "Free has no SLA for the control plane; Standard has one."

  validation {
    condition     = contains(["Free", "Standard"], var.sku_tier)
    error_message = "sku_tier: Free or Standard."
  }
}

variable "authorized_ip_ranges" {
  type        = set(string)
  description = "The address ranges that may connect to the API server."

  validation {
    condition     = length(var.authorized_ip_ranges) > 0
    error_message = "authorized_ip_ranges: at least one; without any, the API server would answer the whole internet. Your own: curl -4 https://ifconfig.me"
  }

  validation {
    condition     = alltrue([for range in var.authorized_ip_ranges : can(cidrhost(range, 0)) && tonumber(split("/", range)[1]) >= 8])
    error_message = "authorized_ip_ranges: CIDR blocks of /8 or smaller, such as 203.0.113.7/32."
  }
}

variable "log_workspace_id" {
  type        = string
  description = "The Log Analytics workspace for the log lines of the pods; modules/observability selects them."

  validation {
    condition     = can(regex("/Microsoft.OperationalInsights/workspaces/", var.log_workspace_id))
    error_message = "log_workspace_id: a Log Analytics workspace's id."
  }
}

variable "managed_prometheus" {
  type        = bool
  description = "Collects the figures of nodes and containers for the Prometheus of Azure in modules/observability."
  default     = false

  validation {
    condition     = var.managed_prometheus != null
    error_message = "managed_prometheus: true or false."
  }
}

variable "admin_group_object_ids" {
  type        = list(string)
  description = "Entra groups whose members administer the cluster."
  default     = []

  validation {
    condition     = alltrue([for id in var.admin_group_object_ids : can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id))])
    error_message = "admin_group_object_ids: object ids, each a UUID in small letters."
  }
}

variable "zones" {
  type        = list(string)
  description = "The availability zones of the nodes."

  validation {
    condition     = length(var.zones) > 0 && alltrue([for zone in var.zones : contains(["1", "2", "3"], zone)])
    error_message = "zones: one or more of \"1\", \"2\" and \"3\"."
  }
}

variable "system_pool" {
  type = object({
    vm_size         = string
    min_count       = number
    max_count       = number
    os_disk_size_gb = optional(number, 64)
  })
  description = "The pool of the cluster's own pods, and of all pods if user_pools is empty."

  validation {
    condition     = var.system_pool.min_count >= 1 && var.system_pool.max_count >= var.system_pool.min_count
    error_message = "system_pool: min_count is 1 or more, and max_count not below it."
  }
}

variable "user_pools" {
  type = map(object({
    vm_size         = string
    min_count       = number
    max_count       = number
    os_disk_size_gb = optional(number, 64)
  }))
  description = "Pools of the application, by name."
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.user_pools) : can(regex("^[a-z][a-z0-9]{0,8}$", name)) && name != "system"])
    error_message = "user_pools: a pool's name has 1 to 9 small letters and digits, begins with a letter and is not system."
  }

  validation {
    condition     = alltrue([for pool in values(var.user_pools) : pool.min_count >= 0 && pool.max_count >= max(pool.min_count, 1)])
    error_message = "user_pools: max_count is 1 or more, and not below min_count."
  }
}

variable "maintenance_window" {
  type = object({
    day_of_week = string
    start_time  = string
  })
  description = "When Azure upgrades nodes and control plane: a day and a start time in UTC; the window is four hours."
  default     = { day_of_week = "Tuesday", start_time = "02:00" }

  validation {
    condition     = contains(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], var.maintenance_window.day_of_week)
    error_message = "maintenance_window: day_of_week is an English day, such as Tuesday."
  }

  validation {
    condition     = can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]$", var.maintenance_window.start_time))
    error_message = "maintenance_window: start_time is HH:MM, such as 02:00."
  }
}
