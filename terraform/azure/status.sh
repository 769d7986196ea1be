# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # The files of this folder share their variables.
# Sourced by terraform/azure/azure: what exists. Each answer comes from Azure, GitHub or the cluster.

# Whether Azure has completed a resource of this type in the environment's group.
is_ready() { # TYPE
  awk -F '\t' -v type="$1" -v group="$GROUP" 'tolower($1) == tolower(type) && tolower($3) == tolower(group) && $4 == "Succeeded" { found = 1 }
    END { exit !found }' "$work/existing"
}

# Each prints one line if its step is done, and fails otherwise.
bootstrap_is_done() {
  exists "$STATE_STORAGE_ACCOUNT" && exists "$REGISTRY" && [ ! -s terraform/bootstrap/terraform.tfstate ] &&
    echo "states in $STATE_STORAGE_ACCOUNT, images in $REGISTRY"
}

github_is_done() {
  [ "$(gh api "repos/${REPOSITORY:-none}/actions/variables/STATE_STORAGE_ACCOUNT" --jq .value 2>/dev/null)" = "$STATE_STORAGE_ACCOUNT" ] &&
    gh api "repos/$REPOSITORY/environments/$GITHUB_ENVIRONMENT" >/dev/null 2>&1 &&
    echo "variables and environments of $REPOSITORY"
}

platform_is_done() {
  is_ready Microsoft.ContainerService/managedClusters && is_ready Microsoft.DBforPostgreSQL/flexibleServers && exists "$VAULT" &&
    echo "cluster, PostgreSQL and vault"
}

workload_is_done() {
  kubectl --namespace "$APPLICATION" get secret boxoffice-operator -o name --request-timeout=10s >/dev/null 2>&1 && echo "namespace $APPLICATION"
}

image_is_done() {
  exists "$REGISTRY" && az acr repository show --name "$REGISTRY" --image "$APPLICATION:$(git rev-parse HEAD)" --query digest --output tsv 2>/dev/null
}

deploy_is_done() {
  local image
  image=$(kubectl --namespace "$APPLICATION" get deployment boxoffice -o 'jsonpath={.spec.template.spec.containers[0].image}' --request-timeout=10s 2>/dev/null) &&
    [ -n "$image" ] && echo "runs $image"
}

# Gets access to the cluster; its file contains no secret, because kubelogin asks az for a token.
connect_if_possible() {
  exists "$CLUSTER_NAME" || return 0
  az aks get-credentials --subscription "$subscription" --resource-group "$GROUP" --name "$CLUSTER_NAME" --file "$KUBECONFIG" \
    --overwrite-existing --output none >/dev/null 2>&1 || return 0
  kubelogin convert-kubeconfig --login azurecli >/dev/null 2>&1 || true
}

# Prints each step with what exists of it. A step that is done is run again and changes nothing.
show_steps() {
  local name what found number=0
  connect_if_possible
  while IFS='|' read -r name what; do
    number=$((number + 1))
    if found=$("${name}_is_done"); then
      say "  $number. $name: exists ($found)"
    else
      say "  $number. $name: to do ($what)"
    fi
  done <<<"$STEPS"
}

status() {
  local tool url answer cause serves=1
  for tool in az gh git jq kubectl kubelogin curl; do
    can "$tool" || problem "$tool is not installed." "./boxoffice azure up $ENVIRONMENT says where to get everything"
  done
  if can az jq; then check_subscription || true; fi
  report
  read_repository
  read_existing
  say "subscription \"$subscription_name\" ($subscription)"
  show_steps
  in_group "$GROUP" | sed 's/^/  /'
  if url=$(.github/scripts/public-url 2>/dev/null); then
    answer=$(curl -s -o /dev/null -w '%{http_code}' --max-time 10 "$url/health?type=ready") || answer='no answer'
    cause=$(kubectl --namespace "$APPLICATION" get deployment boxoffice --request-timeout=10s \
      -o 'jsonpath={.metadata.annotations.kubernetes\.io/change-cause}' 2>/dev/null) || cause=unknown
    say "shop: $url, health: $answer, version: ${cause:-unknown}"
    [ "$answer" != 200 ] || serves=0
  elif exists "$CLUSTER_NAME"; then
    say "shop: the cluster has no address for it, or does not answer this machine: terraform/api-server open $GROUP $CLUSTER_NAME"
  fi
  say "Estimated cost: $(estimate "$ENVIRONMENT") US dollars a month for $ENVIRONMENT, $(estimate shared) for what both environments share."
  if [ "$serves" = 0 ]; then say "$ENVIRONMENT serves."; else say "$ENVIRONMENT does not serve."; fi
  return "$serves"
}
