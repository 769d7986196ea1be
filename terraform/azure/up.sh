# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # The files of this folder share their variables.
# Sourced by terraform/azure/azure: creates an environment, or updates it. Terraform, GitHub, the registry and the cluster say
# what exists already; no file of this command remembers it.

# One line for each step: its name, what it does, and what it waits for. The steps themselves: terraform/azure/step.
STEPS="bootstrap|states, registry and identities (about 3 min)
github|the repository's variables and environments (seconds)
platform|network, cluster, PostgreSQL, vault (about 15 min the first time)
workload|the namespace and its Secrets (about 1 min)
image|build and push the image of this commit (about 5 min)
deploy|migrate, roll out, buy and cancel a ticket (about 5 min)"

# Fills the lists of what is missing and of what to know.
check_everything() {
  check_tools
  check_docker
  if can git; then check_commit; fi
  if can gh jq git; then check_github; else note "GitHub is not checked yet, because a tool for it is missing."; fi
  can az jq || note "The subscription is not checked yet, because a tool for it is missing."
  if can az jq && check_subscription; then
    check_role
    check_providers
    read_existing
    check_state
    if ! can terraform; then
      :
    elif ! read_values; then
      problem "$(tfvars) is not valid: $(grep -v '^[^A-Za-z]*$' "$work/values.log" | head -n 3 | tr '\n' ' ')" "correct the file"
    else
      check_names
      check_region
    fi
  fi
}

up() {
  say "Checking tools, logins, rights, quota and names. This changes nothing."
  check_everything
  report
  say "subscription \"$subscription_name\" ($subscription), region $LOCATION, repository $REPOSITORY"
  show_steps
  say "Estimated cost: $(estimate "$ENVIRONMENT") US dollars a month for $ENVIRONMENT$(left_out) and $(estimate shared) for what both environments share (docs/cost.md)."
  say "From step 2 on, a push to main does the same in GitHub. Until this command has ended, do not push."
  confirm "$ENVIRONMENT" "This creates or updates $ENVIRONMENT in your subscription."
  az account set --subscription "$subscription"
  export COMMIT
  COMMIT=$(git rev-parse HEAD)

  run_steps "$STEPS"
  grep '^smoke: ' "$logs/deploy.log" | tail -n 1
  say "$ENVIRONMENT sells: ./boxoffice azure status $ENVIRONMENT shows it, ./boxoffice azure down $ENVIRONMENT deletes it."
  say "From now on, GitHub does the same for each push to main."
  [ "$ENVIRONMENT" != prod ] || say "GitHub releases to production only after: gh variable set PRODUCTION --body true"
  git ls-files --error-unmatch terraform/bootstrap/backend.tf >/dev/null 2>&1 ||
    say "Commit terraform/bootstrap/backend.tf: it says that bootstrap's state is in the storage account."
}
