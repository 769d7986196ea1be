# A message when an environment costs more than planned. It is in this root because a budget of a resource group covers one group
# only, and the nodes, the larger part of the cost, are in the group that AKS creates. A budget of the subscription with a filter
# covers both, and no GitHub job needs a right on it.

resource "azurerm_monitor_action_group" "cost" {
  name                = "ag-${var.name}-cost"
  resource_group_name = azurerm_resource_group.shared.name
  short_name          = substr("${var.name}cost", 0, 12)
  tags                = local.tags

  dynamic "email_receiver" {
    for_each = var.cost_emails

    content {
      name                    = email_receiver.value
      email_address           = email_receiver.value
      use_common_alert_schema = true
    }
  }
}

locals {
  # Percent of the budget. The forecast is Azure's, for the end of the month.
  cost_notifications = [
    { type = "Actual", threshold = 80 },
    { type = "Actual", threshold = 100 },
    { type = "Forecasted", threshold = 100 },
  ]
}

resource "azurerm_consumption_budget_subscription" "environment" {
  for_each = var.environments

  name            = "${var.name}-${each.key}"
  subscription_id = "/subscriptions/${var.subscription_id}"
  amount          = each.value.monthly_budget
  time_grain      = "Monthly"

  time_period {
    start_date = formatdate("YYYY-MM-01'T'00:00:00'Z'", plantimestamp())
  }

  filter {
    dimension {
      name = "ResourceGroupName"
      # modules/aks gives the nodes' group its name.
      values = [azurerm_resource_group.environment[each.key].name, "${azurerm_resource_group.environment[each.key].name}-nodes"]
    }
  }

  dynamic "notification" {
    for_each = local.cost_notifications

    content {
      operator       = "GreaterThanOrEqualTo"
      threshold_type = notification.value.type
      threshold      = notification.value.threshold
      # Azure demands an address or a group beside the role, also while no address is set.
      contact_groups = [azurerm_monitor_action_group.cost.id]
      contact_roles  = ["Owner"]
    }
  }

  lifecycle {
    # Azure accepts a start in the current month only, so it is the month of the first apply. A later one would replace the budget.
    ignore_changes = [time_period]
  }
}
