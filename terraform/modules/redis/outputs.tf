output "name" {
  description = "For az redisenterprise."
  value       = local.name
}

output "address" {
  description = "Host and port, known inside the network only."
  value       = "${local.name}.${var.context.location}.redis.azure.net:${local.port}"
}
