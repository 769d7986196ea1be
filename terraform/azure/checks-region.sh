# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # The files of this folder share their variables.
# Sourced by terraform/azure/azure: whether the region has what the environment needs, and whether its names are free.

# Everything of this application in the subscription: type, name, group, state. It also says what exists already.
read_existing() {
  az resource list --subscription "$subscription" --tag "application=$APPLICATION" \
    --query '[].[type, name, resourceGroup, provisioningState]' --output tsv >"$work/existing" ||
    fail "az cannot list the resources of the subscription."
}

exists() { # NAME
  awk -F '\t' -v name="$1" 'tolower($2) == tolower(name) { found = 1 } END { exit !found }' "$work/existing"
}

# The resources of a group, one a line: type, name and state.
in_group() { # GROUP
  awk -F '\t' -v group="$1" 'tolower($3) == tolower(group) { print $1, $2, $4 }' "$work/existing"
}

tfvars() { echo "terraform/platform/$ENVIRONMENT.tfvars"; }

# Node pools, one a line: size, nodes at the start, nodes at most.
pools() { value '[.cluster.system_pool] + [.cluster.user_pools[]] | .[] | "\(.vm_size) \(.min_count) \(.max_count)"'; }

# In a subscription without the resource provider, some questions have no answer yet.
unknown() { # WHAT
  note "Azure does not answer yet about $1 in $LOCATION, so this is not checked."
}

check_sizes() {
  local size zones offered restriction wanted_zones zone
  wanted_zones=$(value '.zones[]')
  : >"$work/sizes"
  for size in $(pools | cut -d ' ' -f 1 | sort -u); do
    if ! az vm list-skus --subscription "$subscription" --location "$LOCATION" --size "$size" --resource-type virtualMachines --all \
      --output json >"$work/skus" 2>/dev/null; then
      unknown "the zones of $size"
      continue
    fi
    jq --arg size "$size" '[.[] | select(.name == $size)][0] // empty' "$work/skus" >"$work/sku"
    if [ ! -s "$work/sku" ]; then
      problem "the region $LOCATION has no machines of the size $size." \
        "choose another vm_size or location in $(tfvars); az vm list-skus --location $LOCATION --resource-type virtualMachines --output table"
      continue
    fi
    restriction=$(jq -r '[.restrictions[]? | select(.type == "Location") | .reasonCode][0] // empty' "$work/sku")
    if [ -n "$restriction" ]; then
      problem "your subscription may not use $size in $LOCATION ($restriction)." \
        "choose another vm_size or location in $(tfvars), or ask Azure's support for access to the size"
      continue
    fi
    offered=$(jq -r '[.restrictions[]? | select(.type == "Zone") | .restrictionInfo.zones[]?] as $refused
      | [.locationInfo[0].zones[]?] - $refused | sort | join(" ")' "$work/sku")
    zones=''
    for zone in $wanted_zones; do
      case " $offered " in *" $zone "*) ;; *) zones="$zones $zone" ;; esac
    done
    [ -z "$zones" ] || problem "$size in $LOCATION is not offered to you in the zones$zones, only in: ${offered:-no zone}." \
      "set zones in $(tfvars), for example zones = [$(printf '%s\n' "$offered" | sed 's/\([0-9]\)/"\1"/g; s/ /, /g')], or choose another location"
    jq -r --arg size "$size" '"\($size) \(.family) \([.capabilities[] | select(.name == "vCPUs") | .value][0])"' "$work/sku" >>"$work/sizes"
  done
}

# An upgrade adds a node to each pool, so the smallest number of nodes needs one more of each.
check_quota() {
  if ! az vm list-usage --subscription "$subscription" --location "$LOCATION" --output json >"$work/usage" 2>/dev/null; then
    unknown "the quota of virtual processors"
    return
  fi
  pools | awk -v sizes="$work/sizes" '
    BEGIN { while ((getline < sizes) > 0) { family[$1] = $2; cpus[$1] = $3 } }
    $1 in family { least[family[$1]] += ($2 + 1) * cpus[$1]; most[family[$1]] += $3 * cpus[$1]; all += ($2 + 1) * cpus[$1]; top += $3 * cpus[$1] }
    END { for (f in least) print f, least[f], most[f]; if (all) print "cores", all, top }' >"$work/needed"
  local family least most free limit where
  while read -r family least most; do
    read -r free limit <<<"$(jq -r --arg family "$family" '[.[] | select(.name.value | ascii_downcase == ($family | ascii_downcase))][0]
      | if . then "\((.limit | tonumber) - (.currentValue | tonumber)) \(.limit)" else "0 0" end' "$work/usage")"
    where="of the family $family"
    [ "$family" != cores ] || where="in total"
    if [ "$free" -lt "$least" ]; then
      problem "too few virtual processors $where in $LOCATION: $free of $limit are free, $least are needed." \
        "request quota at https://portal.azure.com/#view/Microsoft_Azure_Capacity/QuotaMenuBlade/~/myQuotas, or choose another vm_size or location in $(tfvars): az vm list-usage --location $LOCATION --output table"
    elif [ "$free" -lt "$most" ]; then
      note "$free virtual processors $where are free in $LOCATION. That is enough to start; all nodes of $(tfvars) would need $most."
    fi
  done <"$work/needed"
}

check_database() {
  local sku
  sku=$(value '.database.sku_name' | sed 's/^[A-Z]*_//')
  if ! az postgres flexible-server list-skus --subscription "$subscription" --location "$LOCATION" --output json >"$work/capabilities" 2>/dev/null; then
    unknown "PostgreSQL servers"
    return
  fi
  feature() { jq -r --arg name "$1" '[.[0].supportedFeatures[]? | select(.name == $name) | .status][0] // "Disabled"' "$work/capabilities"; }
  if [ "$(jq 'length' "$work/capabilities")" = 0 ] || [ "$(feature OfferRestricted)" = Enabled ]; then
    problem "your subscription may not create PostgreSQL servers in $LOCATION." \
      "choose another location in $(tfvars), or request access: https://aka.ms/postgres-request-quota-increase"
    return
  fi
  jq -e --arg sku "$sku" 'any(.[0].supportedServerEditions[]?.supportedServerSkus[]?; .name | ascii_downcase == ($sku | ascii_downcase))' \
    "$work/capabilities" >/dev/null ||
    problem "$LOCATION has no PostgreSQL server of the size $(value .database.sku_name)." \
      "choose another database.sku_name or location in $(tfvars): az postgres flexible-server list-skus --location $LOCATION --output table"
  if [ "$(value .database.high_availability)" = true ] && [ "$(feature ZoneRedundantHa)" != Enabled ]; then
    problem "$LOCATION has no zones for a standby of PostgreSQL." "choose another location, or database.high_availability = false, in $(tfvars)"
  fi
  if [ "$(value .database.geo_redundant_backup)" = true ] && [ "$(feature GeoBackup)" != Enabled ]; then
    problem "$LOCATION cannot copy backups to a second region." "choose another location, or database.geo_redundant_backup = false, in $(tfvars)"
  fi
}

# A name that is ours is no problem: an earlier run created it.
check_name() { # NAME WHAT COMMAND_THAT_ANSWERS...
  local name=$1 what=$2
  shift 2
  exists "$name" || [ "$("$@" --query nameAvailable --output tsv 2>/dev/null)" != false ] ||
    problem "the name $name for the $what is taken, and not by a resource of this application in \"$subscription_name\"." \
      "if it is yours, delete it or give it the tag application=$APPLICATION; otherwise set another name in terraform/bootstrap and report this"
}

check_names() {
  local deleted where protected until
  check_name "$STATE_STORAGE_ACCOUNT" "storage account" az storage account check-name --subscription "$subscription" --name "$STATE_STORAGE_ACCOUNT"
  check_name "$REGISTRY" registry az acr check-name --subscription "$subscription" --name "$REGISTRY"
  deleted=$(az keyvault list-deleted --subscription "$subscription" --resource-type vault --output json 2>/dev/null |
    jq -r --arg name "$VAULT" '.[] | select(.name == $name) | .properties | "\(.location) \(.purgeProtectionEnabled // false) \(.scheduledPurgeDate)"') || deleted=''
  if [ -z "$deleted" ]; then
    # az has no command for this question about vaults.
    check_name "$VAULT" vault az rest --method post --body "{\"name\": \"$VAULT\", \"type\": \"Microsoft.KeyVault/vaults\"}" \
      --url "https://management.azure.com/subscriptions/$subscription/providers/Microsoft.KeyVault/checkNameAvailability?api-version=2023-07-01"
    return
  fi
  read -r where protected until <<<"$deleted"
  if [ "$where" = "$LOCATION" ]; then
    note "the vault $VAULT was deleted and can still be recovered. Terraform recovers it, with its secrets."
  elif [ "$protected" = true ]; then
    problem "the name of the vault $VAULT belongs to a deleted vault in $where, which is protected against purging until $until." \
      "set location = \"$where\" in $(tfvars), or wait until then"
  else
    problem "the name of the vault $VAULT belongs to a deleted vault in another region, $where." \
      "az keyvault purge --name $VAULT --location $where (its secrets are lost), or set location = \"$where\" in $(tfvars)"
  fi
}

# A cluster that exists counts among the used processors, so these questions are for a new one.
check_region() {
  if exists "$CLUSTER_NAME"; then
    [ "$(az aks show --subscription "$subscription" --resource-group "$GROUP" --name "$CLUSTER_NAME" --query powerState.code --output tsv)" != Stopped ] ||
      problem "the cluster $CLUSTER_NAME is stopped." "az aks start --resource-group $GROUP --name $CLUSTER_NAME"
    return
  fi
  check_sizes
  check_quota
  check_database
}
