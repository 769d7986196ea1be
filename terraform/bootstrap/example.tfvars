# Copy to terraform.tfvars and insert your values: docs/deployment.md, step 2.

subscription_id          = "00000000-0000-0000-0000-000000000000"
administrator_object_ids = ["00000000-0000-0000-0000-000000000000"]

github_subjects = {
  image = ["repo:OWNER/NAME:ref:refs/heads/main"]
}

environments = {
  dev = {
    github_environment = "staging"
    github_subjects = {
      plan   = ["repo:OWNER/NAME:pull_request", "repo:OWNER/NAME:ref:refs/heads/main"]
      apply  = ["repo:OWNER/NAME:environment:staging-terraform"]
      deploy = ["repo:OWNER/NAME:environment:staging"]
    }
  }
  prod = {
    github_environment = "production"
    github_subjects = {
      plan   = ["repo:OWNER/NAME:ref:refs/heads/main"]
      apply  = ["repo:OWNER/NAME:environment:production-terraform"]
      deploy = ["repo:OWNER/NAME:environment:production"]
    }
  }
}
