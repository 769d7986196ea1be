output "namespace" {
  description = "The namespace to deploy into."
  value       = module.secrets.namespace
}

output "secret_names" {
  description = "The Secrets in the namespace."
  value       = module.secrets.secret_names
}
