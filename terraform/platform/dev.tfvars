# The cheapest environment that has everything except failover; docs/cost.md has its costs.

environment = "dev"
zones       = ["1", "2", "3"]

cluster = {
  sku_tier    = "Free"
  system_pool = { vm_size = "Standard_D2as_v5", min_count = 1, max_count = 3 }
}

database = {
  sku_name = "B_Standard_B1ms"
}

logs = { daily_quota_gb = 0.5 }

deletion_protection = false
