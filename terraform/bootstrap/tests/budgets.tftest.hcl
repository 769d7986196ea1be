mock_provider "azurerm" {
  mock_data "azurerm_role_definition" {
    defaults = { role_definition_id = "55555555-5555-5555-5555-555555555555" }
  }
}

variables {
  subscription_id          = "00000000-0000-0000-0000-000000000000"
  administrator_object_ids = ["44444444-4444-4444-4444-444444444444"]
  github_subjects          = { image = ["repo:o/n:ref:refs/heads/main"] }
  cost_emails              = ["oncall@example.com"]
  environments = {
    dev = {
      github_environment = "staging"
      github_subjects    = { plan = [], apply = ["repo:o/n:environment:staging-terraform"], deploy = ["repo:o/n:environment:staging"] }
    }
    prod = {
      github_environment = "production"
      monthly_budget     = 1700
      github_subjects    = { plan = [], apply = ["repo:o/n:environment:production-terraform"], deploy = ["repo:o/n:environment:production"] }
    }
  }
}

run "each_environment_has_a_budget_that_includes_its_nodes" {
  command = plan

  assert {
    condition     = { for name, budget in azurerm_consumption_budget_subscription.environment : name => budget.amount } == { dev = 250, prod = 1700 }
    error_message = "The amount of each environment, or the default."
  }

  assert {
    condition     = one(azurerm_consumption_budget_subscription.environment["dev"].filter[0].dimension).values == tolist(["rg-boxoffice-dev", "rg-boxoffice-dev-nodes"])
    error_message = "The environment's group and the group of its nodes."
  }
}

run "a_budget_sends_messages_before_it_is_spent" {
  command = plan

  override_resource {
    target          = azurerm_monitor_action_group.cost
    override_during = plan
    values          = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-shared/providers/Microsoft.Insights/actionGroups/ag-boxoffice-cost" }
  }

  assert {
    condition     = toset([for notification in azurerm_consumption_budget_subscription.environment["prod"].notification : "${notification.threshold_type} ${notification.threshold}"]) == toset(["Actual 80", "Actual 100", "Forecasted 100"])
    error_message = "At 80 and 100 percent, and when Azure expects 100."
  }

  assert {
    condition     = alltrue([for notification in azurerm_consumption_budget_subscription.environment["prod"].notification : notification.contact_roles == tolist(["Owner"]) && length(notification.contact_groups) == 1])
    error_message = "To the owners and to the action group."
  }

  assert {
    condition     = [for receiver in azurerm_monitor_action_group.cost.email_receiver : receiver.email_address] == ["oncall@example.com"]
    error_message = "The action group sends to the addresses."
  }
}

run "a_budget_begins_on_the_first_of_this_month" {
  command = plan

  assert {
    condition     = azurerm_consumption_budget_subscription.environment["dev"].time_period[0].start_date == formatdate("YYYY-MM-01'T'00:00:00'Z'", plantimestamp())
    error_message = "Azure refuses an earlier month."
  }
}

run "refuses_a_budget_of_nothing" {
  command = plan

  variables {
    environments = {
      dev = { github_environment = "staging", monthly_budget = 0, github_subjects = { plan = ["repo:o/n:pull_request"], apply = ["repo:o/n:environment:staging-terraform"], deploy = ["repo:o/n:environment:staging"] } }
    }
  }
  expect_failures = [var.environments]
}

run "refuses_an_address_that_gets_no_mail" {
  command = plan
  variables { cost_emails = ["nobody"] }
  expect_failures = [var.cost_emails]
}
