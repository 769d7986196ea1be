variables {
  name                = "boxoffice-test"
  location            = "northeurope"
  subscription_id     = "00000000-0000-0000-0000-000000000000"
  resource_group_name = "rg-boxoffice-test"
  tags                = { application = "boxoffice", environment = "test", "managed-by" = "terraform" }
}

run "it_has_the_group_by_name_and_by_id" {
  command = plan

  assert {
    condition = output.context == {
      name                = "boxoffice-test"
      location            = "northeurope"
      resource_group_name = "rg-boxoffice-test"
      resource_group_id   = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-boxoffice-test"
      tags                = tomap({ application = "boxoffice", environment = "test", "managed-by" = "terraform" })
    }
    error_message = "The other modules take exactly these."
  }
}

run "refuses_a_name_that_azure_would_refuse" {
  command = plan
  variables { name = "BoxOffice" }
  expect_failures = [var.name]
}

run "refuses_a_name_that_is_too_long" {
  command = plan
  variables { name = "boxoffice-and-its-test" }
  expect_failures = [var.name]
}

run "refuses_a_region_by_its_long_name" {
  command = plan
  variables { location = "North Europe" }
  expect_failures = [var.location]
}

run "refuses_a_subscription_by_its_name" {
  command = plan
  variables { subscription_id = "mine" }
  expect_failures = [var.subscription_id]
}

run "refuses_no_resource_group" {
  command = plan
  variables { resource_group_name = "" }
  expect_failures = [var.resource_group_name]
}

run "refuses_to_go_untagged" {
  command = plan
  variables { tags = { application = "boxoffice" } }
  expect_failures = [var.tags]
}
