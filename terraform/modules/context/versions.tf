# What every resource of an environment needs, checked once. The other modules take the output as their variable context.

terraform {
  required_version = ">= 1.11"
}
