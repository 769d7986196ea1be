output "namespace" {
  description = "The namespace."
  value       = kubernetes_namespace_v1.this.metadata[0].name
}

output "secret_names" {
  description = "The Secrets in the namespace."
  value       = [for secret in kubernetes_secret_v1.this : secret.metadata[0].name]
}
