variable "subscription_id" {
  type        = string
  description = "The Azure subscription; az account show --query id."

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.subscription_id))
    error_message = "subscription_id: a UUID in small letters; az account show --query id -o tsv prints it."
  }
}

variable "name" {
  type        = string
  description = "The application, in every name."
  default     = "boxoffice"

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{2,8}$", var.name))
    error_message = "name: 3 to 9 small letters and digits, beginning with a letter."
  }
}

# Azure copies the states, and the backups of a database with geo_redundant_backup, to the paired region. The pair of North Europe
# is West Europe, and both accept new subscriptions; the pair of Germany West Central does not.
variable "location" {
  type        = string
  description = "The Azure region."
  default     = "northeurope"
}

variable "environments" {
  type = map(object({
    github_environment = string
    github_subjects = object({
      plan   = list(string)
      apply  = list(string)
      deploy = list(string)
    })
    # In the currency of the subscription; docs/cost.md has the estimates.
    monthly_budget = optional(number, 250)
  }))
  description = "The environments, each with its GitHub environment, the OIDC subjects of the jobs that plan, apply and deploy, and its monthly budget. docs/deployment.md shows how to find the subjects of a repository."

  validation {
    condition     = length(var.environments) > 0 && alltrue([for name in keys(var.environments) : can(regex("^[a-z]{2,4}$", name))])
    error_message = "environments: at least one, each named by 2 to 4 small letters, such as dev or prod."
  }

  validation {
    condition = alltrue(flatten([
      for environment in values(var.environments) : [
        for subject in concat(environment.github_subjects.apply, environment.github_subjects.deploy) :
        startswith(subject, "repo:") && strcontains(subject, ":environment:") && !strcontains(subject, "*")
      ]
    ]))
    error_message = "environments: a subject that applies or deploys is repo:OWNER/NAME:environment:ENVIRONMENT, or the form with ids that newer repositories have; a branch or a pull request must not."
  }

  validation {
    condition     = alltrue([for environment in values(var.environments) : length(setintersection(environment.github_subjects.apply, environment.github_subjects.deploy)) == 0])
    error_message = "environments: apply and deploy need different subjects; otherwise a job that deploys could sign in as the identity that applies."
  }

  validation {
    condition     = alltrue(flatten([for environment in values(var.environments) : [for subject in environment.github_subjects.plan : startswith(subject, "repo:") && !strcontains(subject, "*")]]))
    error_message = "environments: a subject that plans begins with repo: and has no wildcard, such as repo:OWNER/NAME:ref:refs/heads/main."
  }

  validation {
    condition     = alltrue(flatten([for name, environment in var.environments : [for subject in environment.github_subjects.plan : name != "prod" || !endswith(subject, ":pull_request")]]))
    error_message = "environments: a pull request must not plan prod, because a plan reads the vault."
  }

  validation {
    condition     = alltrue([for environment in values(var.environments) : environment.monthly_budget >= 1])
    error_message = "environments: monthly_budget is 1 or more, in the currency of the subscription; docs/cost.md has the estimates."
  }
}

variable "cost_emails" {
  type        = set(string)
  description = "E-mail addresses that get a message when an environment reaches its budget. The owners of the subscription always get it."
  default     = []

  validation {
    condition     = alltrue([for address in var.cost_emails : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", address))])
    error_message = "cost_emails: e-mail addresses, such as oncall@example.com."
  }
}

variable "github_subjects" {
  type = object({
    image = list(string)
  })
  description = "The OIDC subjects of the jobs that push images."

  validation {
    condition     = alltrue([for subject in var.github_subjects.image : startswith(subject, "repo:") && !strcontains(subject, "*")])
    error_message = "github_subjects: each begins with repo: and has no wildcard, such as repo:OWNER/NAME:ref:refs/heads/main."
  }

  validation {
    condition     = alltrue([for subject in var.github_subjects.image : !endswith(subject, ":pull_request")])
    error_message = "github_subjects: a pull request must not push images."
  }
}

variable "administrator_object_ids" {
  type        = set(string)
  description = "Object ids of Entra groups or users that may read the vault and the logs, administer the clusters and apply by hand; az ad signed-in-user show --query id."

  validation {
    condition     = length(var.administrator_object_ids) > 0 && alltrue([for id in var.administrator_object_ids : can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id))])
    error_message = "administrator_object_ids: at least one object id, a UUID in small letters; az ad signed-in-user show --query id -o tsv prints yours."
  }
}

variable "registry_sku" {
  type        = string
  description = "Basic, Standard or Premium; see modules/registry."
  default     = "Basic"

  validation {
    condition     = contains(["Basic", "Standard", "Premium"], var.registry_sku)
    error_message = "registry_sku: Basic, Standard or Premium."
  }
}
