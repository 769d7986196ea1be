terraform {
  required_version = ">= 1.11"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 5.2"
    }
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = "~> 3.2, >= 3.2.1"
    }
  }

  # -backend-config supplies the rest: docs/deployment.md.
  backend "azurerm" {
    key              = "workload.tfstate"
    use_azuread_auth = true
  }
}
