# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # The files of this folder share their variables.
# Sourced by terraform/azure/azure: deletes an environment with its data.

down() {
  local other=prod
  if [ "$ENVIRONMENT" = prod ]; then
    fail "prod is protected: Terraform rejects its deletion, and Azure keeps its vault. docs/deployment.md, \"Take it down\", says how to delete it by hand if you really want to. Nothing was changed."
  fi
  for tool in az gh jq terraform kubelogin; do
    can "$tool" || problem "$tool is not installed." "./boxoffice azure up $ENVIRONMENT says where to get everything"
  done
  if can az jq && check_subscription && can terraform && ! read_values; then
    problem "$(tfvars) is not valid." "correct the file"
  fi
  read_repository
  [ -n "$REPOSITORY" ] || problem "gh has no default repository; a variable of yours says which addresses may call the cluster." "gh repo set-default OWNER/NAME"
  report
  read_existing
  if [ -n "$all" ] && exists "aks-$APPLICATION-$other"; then
    fail "$other exists and needs what the environments share. Delete $other first, or leave out --all. Nothing was changed."
  fi
  say "subscription \"$subscription_name\" ($subscription)"
  awk -F '\t' -v group="$GROUP" 'tolower($3) == tolower(group) { printf "  deletes %s %s\n", $1, $2 }' "$work/existing"
  if [ -n "$all" ]; then
    say "  deletes what the environments share: every Terraform state, every image, GitHub's identities and their roles"
  fi
  confirm "$ENVIRONMENT" "This deletes $ENVIRONMENT and every ticket that it sold. You cannot undo it."
  az account set --subscription "$subscription"
  local count=3 steps="delete-workload|the namespace and its Secrets
delete-platform|cluster, PostgreSQL, vault and network (about 10 min)
purge-vault|the deleted vault, which would keep its name for seven days"
  if [ -n "$all" ]; then
    count=4
    steps="$steps
delete-shared|states, registry and identities (about 5 min)"
  fi
  local number=0 name what
  while IFS='|' read -r name what <&3; do
    number=$((number + 1))
    run_step "$number" "$count" "$name" "$what"
  done 3<<<"$steps"
  if [ -n "$all" ]; then
    say "Nothing stays in Azure. GitHub still has its variables and environments, so a push fails now: gh workflow disable deploy"
  else
    say "What the environments share stays: $STATE_STORAGE_ACCOUNT and $REGISTRY, about $(estimate shared) US dollars a month. --all deletes them, too."
    say "A push to main creates $ENVIRONMENT again: gh workflow disable deploy"
  fi
}
