# Copy to terraform.tfvars and insert your values: docs/deployment.md, step 2.

subscription_id          = "00000000-0000-0000-0000-000000000000"
administrator_object_ids = ["00000000-0000-0000-0000-000000000000"]

cost_emails = []

github_subjects = {
  image = ["repo:OWNER/NAME:ref:refs/heads/main"]
}

environments = {
  dev = {
    github_environment = "staging"
    monthly_budget     = 250
    github_subjects = {
      plan   = ["repo:OWNER/NAME:pull_request", "repo:OWNER/NAME:ref:refs/heads/main"]
      apply  = ["repo:OWNER/NAME:environment:staging-terraform"]
      deploy = ["repo:OWNER/NAME:environment:staging"]
    }
  }
  prod = {
    github_environment = "production"
    monthly_budget     = 1700
    github_subjects = {
      plan   = ["repo:OWNER/NAME:ref:refs/heads/main"]
      apply  = ["repo:OWNER/NAME:environment:production-terraform"]
      deploy = ["repo:OWNER/NAME:environment:production"]
    }
  }
}
