# Loses no sale when a zone fails; docs/cost.md has its costs.

environment   = "prod"
zones         = ["1", "2", "3"]
address_space = "10.41.0.0/16"

cluster = {
  sku_tier    = "Standard"
  system_pool = { vm_size = "Standard_D2as_v5", min_count = 2, max_count = 3 }
  user_pools = {
    api = { vm_size = "Standard_D4as_v5", min_count = 3, max_count = 9 }
  }
}

database = {
  sku_name              = "GP_Standard_D4ds_v5"
  storage_gb            = 256
  high_availability     = true
  backup_retention_days = 35
  geo_redundant_backup  = true
}

logs = { retention_days = 90, daily_quota_gb = 5 }

deletion_protection = true
