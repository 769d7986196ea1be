# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # The files of this folder share their variables.
# Sourced by terraform/azure/azure: deletes an environment with its data.

down() {
  local tool other=rg-$APPLICATION-prod steps=''
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
  [ -n "$REPOSITORY" ] || problem "gh has no default repository; a variable of it says which addresses may call the cluster." "gh repo set-default OWNER/NAME"
  report
  read_existing
  if [ -n "$all" ] && [ -n "$(in_group "$other")" ]; then
    fail "$other has resources, which need what the environments share. Delete them first, or leave out --all. Nothing was changed."
  fi
  say "subscription \"$subscription_name\" ($subscription)"
  in_group "$GROUP" | sed 's/^/  deletes /'
  if exists "$STATE_STORAGE_ACCOUNT"; then
    steps="delete-workload|the namespace and its Secrets
delete-platform|cluster, PostgreSQL, vault and network (about 10 min)
purge-vault|the deleted vault, which would keep its name for seven days"
  fi
  if [ -n "$all" ]; then
    say "  deletes what the environments share: every Terraform state, every image, GitHub's identities and their roles"
    steps="${steps:+$steps
}delete-shared|states, registry and identities (about 5 min)"
  fi
  if [ -z "$steps" ]; then
    say "Nothing of $ENVIRONMENT exists in this subscription."
    return
  fi
  confirm "$ENVIRONMENT" "This deletes $ENVIRONMENT and every ticket that it sold. You cannot undo it."
  az account set --subscription "$subscription"
  run_steps "$steps"
  if [ -n "$all" ]; then
    say "Nothing stays in Azure. GitHub still has its variables and environments, so a push fails now: gh workflow disable deploy"
  else
    say "What the environments share stays: $STATE_STORAGE_ACCOUNT and $REGISTRY, about $(estimate shared) US dollars a month. --all deletes them, too."
    say "A push to main creates $ENVIRONMENT again. To prevent that: gh workflow disable deploy"
  fi
}
