# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # The files of this folder share their variables.
# Sourced by terraform/azure/azure: the names of an environment and the values of its tfvars file, which the steps get as variables.

# The workflows and the manifests use this name, too.
export APPLICATION=boxoffice TF_IN_AUTOMATION=true
# For files that hold what the check of a set-up reads: nothing of it stays.
work=$(mktemp -d "${TMPDIR:-/tmp}/boxoffice-azure.XXXXXX")
trap 'rm -rf "$work"' EXIT

# Azure's names are unique world-wide, so Terraform adds six digits of a hash: locals.suffix in bootstrap and platform.
suffix_of() { # TEXT
  if command -v sha256sum >/dev/null; then printf %s "$1" | sha256sum; else printf %s "$1" | shasum -a 256; fi | cut -c 1-6
}

# Exports the names that follow from the subscription.
name_everything() { # SUBSCRIPTION_ID
  local shared hash
  shared=$(suffix_of "$1/$APPLICATION")
  hash=$(suffix_of "/subscriptions/$1/resourceGroups/rg-$APPLICATION-$ENVIRONMENT")
  export GROUP=rg-$APPLICATION-$ENVIRONMENT CLUSTER_NAME=aks-$APPLICATION-$ENVIRONMENT
  export VAULT=kv-$APPLICATION-$ENVIRONMENT-$hash
  export REGISTRY=cr$APPLICATION$shared REGISTRY_LOGIN_SERVER=cr$APPLICATION$shared.azurecr.io
  export STATE_RESOURCE_GROUP=rg-$APPLICATION-shared STATE_STORAGE_ACCOUNT=st$APPLICATION$shared
  export TF_VAR_subscription_id=$1
  export TF_VAR_registry_id=/subscriptions/$1/resourceGroups/$STATE_RESOURCE_GROUP/providers/Microsoft.ContainerRegistry/registries/$REGISTRY
  case $ENVIRONMENT in
    dev) export GITHUB_ENVIRONMENT=staging ;;
    prod) export GITHUB_ENVIRONMENT=production ;;
  esac
  # A file of its own, so that the user's kubectl stays as it is.
  export KUBECONFIG=$PWD/$logs/kubeconfig
}

# Terraform itself reads the tfvars file, with platform's types and defaults.
read_values() {
  mkdir -p "$work/values"
  cp terraform/platform/variables.tf "$work/values/"
  echo 'jsonencode({location = var.location, zones = var.zones, cluster = var.cluster, database = var.database, redis = var.redis})' |
    TF_VAR_authorized_ip_ranges='["192.0.2.1/32"]' terraform -chdir="$work/values" console \
      -var-file="$PWD/terraform/platform/$ENVIRONMENT.tfvars" >"$work/values.txt" 2>"$work/values.log" || return 1
  tail -n 1 "$work/values.txt" | jq -r . >"$work/values.json" || return 1
  LOCATION=$(value .location) || return 1
  export LOCATION
}

value() { jq -r "$1" "$work/values.json"; } # JQ_FILTER

# The whole dollars of a month, from the table of docs/cost.md.
estimate() { # dev|prod|shared
  local line='total a month' column=5
  case $1 in
    prod) column=7 ;;
    shared) line='shared, once' ;;
  esac
  awk -F '|' -v line="$line" -v column="$column" 'index($2, "**" line "**") { gsub(/[^0-9]/, "", $column); print $column }' docs/cost.md
}

# What the table leaves out and the tfvars file turns on.
left_out() { [ "$(value .redis)" = null ] || echo ", without Redis, which $(tfvars) turns on"; }
