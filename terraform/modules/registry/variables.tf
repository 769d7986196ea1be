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
