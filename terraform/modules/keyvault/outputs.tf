output "id" {
  description = "The vault's id."
  value       = azurerm_key_vault.this.id
}

output "name" {
  description = "The vault's name."
  value       = azurerm_key_vault.this.name
}

output "versions" {
  description = "The vault's own id of each secret's version, by name. Unknown until the secret is written, so a reader waits for it."
  value       = { for name, secret in azurerm_key_vault_secret.this : name => secret.version }
}
