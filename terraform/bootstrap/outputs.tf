output "registry_id" {
  description = "platform's variable registry_id."
  value       = module.registry.id
}

output "backend" {
  description = "Values of -backend-config for terraform init of every root; container_name is the environment."
  value = {
    resource_group_name  = azurerm_resource_group.shared.name
    storage_account_name = azurerm_storage_account.state.name
  }
}

output "github_variables" {
  description = "The variables of the repository and of its environments. None is a secret: an id alone gives no access."
  value = {
    repository = merge({
      AZURE_TENANT_ID       = azurerm_user_assigned_identity.github["image"].tenant_id
      AZURE_SUBSCRIPTION_ID = var.subscription_id
      AZURE_CLIENT_ID_IMAGE = azurerm_user_assigned_identity.github["image"].client_id
      REGISTRY_ID           = module.registry.id
      REGISTRY_NAME         = module.registry.name
      REGISTRY_LOGIN_SERVER = module.registry.login_server
      STATE_RESOURCE_GROUP  = azurerm_resource_group.shared.name
      STATE_STORAGE_ACCOUNT = azurerm_storage_account.state.name
      }, {
      for name in keys(var.environments) :
      "AZURE_CLIENT_ID_PLAN_${upper(name)}" => azurerm_user_assigned_identity.github["plan-${name}"].client_id
    })
    # Two for each: GitHub puts the name of a job's environment into its subject, so the jobs that apply have one of their own.
    environments = merge([for name, environment in var.environments : {
      (environment.github_environment) = {
        TERRAFORM_ENVIRONMENT  = name
        AZURE_CLIENT_ID_DEPLOY = azurerm_user_assigned_identity.github["deploy-${name}"].client_id
      }
      "${environment.github_environment}-terraform" = {
        TERRAFORM_ENVIRONMENT = name
        AZURE_CLIENT_ID_APPLY = azurerm_user_assigned_identity.github["apply-${name}"].client_id
      }
    }]...)
  }
}
