# An identity for each kind of GitHub job. GitHub signs a description of the job, and Azure compares it with the subject.
# No password is needed.

locals {
  # One identity for images, and three for each environment. What plans one environment cannot read another.
  subjects = merge(
    { image = var.github_subjects.image },
    { for name, environment in var.environments : "plan-${name}" => environment.github_subjects.plan },
    { for name, environment in var.environments : "apply-${name}" => environment.github_subjects.apply },
    { for name, environment in var.environments : "deploy-${name}" => environment.github_subjects.deploy },
  )

  credentials = merge([
    for identity, subjects in local.subjects : {
      for index, subject in subjects : "${identity}-${index}" => { identity = identity, subject = subject }
    }
  ]...)
}

resource "azurerm_user_assigned_identity" "github" {
  for_each = local.subjects

  name                = "id-${var.name}-github-${each.key}"
  location            = azurerm_resource_group.shared.location
  resource_group_name = azurerm_resource_group.shared.name
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "github" {
  for_each = local.credentials

  name                      = each.key
  user_assigned_identity_id = azurerm_user_assigned_identity.github[each.value.identity].id
  issuer                    = "https://token.actions.githubusercontent.com"
  audience                  = ["api://AzureADTokenExchange"]
  subject                   = each.value.subject
}
