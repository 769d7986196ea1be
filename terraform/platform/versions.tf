terraform {
  required_version = ">= 1.11"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 5.2"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.7"
    }
  }

  # -backend-config supplies the rest: docs/deployment.md.
  backend "azurerm" {
    key              = "platform.tfstate"
    use_azuread_auth = true
  }
}
