# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # The files of this folder share their variables.
# Sourced by terraform/azure/azure: what must be true before anything is created. A check changes nothing. It adds what is missing
# to one list, each with the command that fixes it, so that one run shows everything.

problems=0 notes=0

problem() { # WHAT FIX
  problems=$((problems + 1))
  printf '  missing: %s\n      fix: %s\n' "$1" "$2" >>"$work/problems"
}

note() { # WHAT
  notes=$((notes + 1))
  printf '  note: %s\n' "$1" >>"$work/notes"
}

# Prints what the checks found, and ends the run if something is missing.
report() {
  [ "$notes" = 0 ] || cat "$work/notes"
  if [ "$problems" -gt 0 ]; then
    cat "$work/problems"
    fail "$problems missing. Nothing was changed. Fix this, then run the command again."
  fi
}

# Whether version $1 is at least $2; both are numbers separated by dots.
is_at_least() {
  printf '%s %s\n' "$1" "$2" | awk '{
    split($1, is, "."); split($2, least, ".")
    for (i = 1; i <= 3; i++) if (is[i] + 0 != least[i] + 0) exit (is[i] + 0 < least[i] + 0)
  }'
}

require_tool() { # COMMAND LEAST_VERSION WHERE_TO_GET_IT COMMAND_THAT_PRINTS_THE_VERSION...
  local name=$1 least=$2 where=$3 version
  shift 3
  if ! command -v "$name" >/dev/null; then
    problem "$name is not installed." "$where"
    return
  fi
  version=$("$@" 2>/dev/null | grep -Eo '[0-9]+(\.[0-9]+)+' | head -n 1) || version=''
  is_at_least "${version:-0}" "$least" || problem "$name ${version:-of an unknown version} is too old; $least is needed." "$where"
}

check_tools() {
  # It turns on the Gateway API.
  require_tool az 2.86 "https://aka.ms/azure-cli, or: brew install azure-cli" az version
  # Write-only arguments, which keep passwords out of the states.
  require_tool terraform 1.11 "https://developer.hashicorp.com/terraform/install, or: brew install hashicorp/tap/terraform" terraform version
  require_tool kubectl 1.30 "az aks install-cli, or: brew install kubectl" kubectl version --client
  require_tool kubelogin 0.1 "az aks install-cli, or: brew install Azure/kubelogin/kubelogin" kubelogin --version
  require_tool gh 2.40 "https://cli.github.com, or: brew install gh" gh --version
  require_tool jq 1.6 "https://jqlang.org/download, or: brew install jq" jq --version
  require_tool git 2.20 "https://git-scm.com/downloads, or: brew install git" git --version
  # It reads Terraform's plans.
  require_tool python3 3.9 "https://www.python.org/downloads, or: brew install python" python3 --version
  require_tool curl 7.0 "https://curl.se/download.html, or: brew install curl" curl --version
}

check_docker() {
  if command -v docker >/dev/null; then
    docker info >/dev/null 2>&1 || problem "Docker is not running." "start Docker Desktop, or: sudo systemctl start docker"
  elif command -v podman >/dev/null; then
    podman info >/dev/null 2>&1 || problem "podman is not running." "podman machine init && podman machine start"
    # The scripts that push an image, and az acr login, call docker.
    mkdir -p "$logs/bin"
    ln -sf "$(command -v podman)" "$logs/bin/docker"
    PATH=$PWD/$logs/bin:$PATH
  else
    problem "Docker or Podman is not installed; the image is built with it." "https://docs.docker.com/get-docker, or: brew install podman"
  fi
}

# A tool without which the other checks cannot look.
can() { # COMMAND...
  local name
  for name; do command -v "$name" >/dev/null || return 1; done
}

# Sets $subscription, $subscription_name and every name that follows. Fails if there is no login or no such subscription.
check_subscription() {
  local account state
  if ! az account get-access-token --output none 2>"$work/login"; then
    problem "az is not logged in, or the login has expired." "az login"
    return 1
  fi
  # The two forms are apart because bash 3.2 has no empty arrays.
  if [ -n "$wanted_subscription" ]; then
    account=$(az account show --subscription "$wanted_subscription" --output json 2>/dev/null) || account=''
  else
    account=$(az account show --output json 2>/dev/null) || account=''
  fi
  if [ -z "$account" ]; then
    problem "there is no subscription '${wanted_subscription:-(current)}' for your login. Yours are:$(az account list --query '[].[name, id, state]' --output tsv | sed 's/^/ /' | tr '\t\n' ' ,')" \
      "./boxoffice azure $action $ENVIRONMENT --subscription NAME_OR_ID"
    return 1
  fi
  subscription=$(jq -r .id <<<"$account")
  subscription_name=$(jq -r .name <<<"$account")
  state=$(jq -r .state <<<"$account")
  user_type=$(jq -r .user.type <<<"$account")
  user_name=$(jq -r .user.name <<<"$account")
  name_everything "$subscription"
  if [ "$state" != Enabled ]; then
    problem "the subscription \"$subscription_name\" ($subscription) is $state, so nothing can be created in it." \
      "enable it at https://portal.azure.com/#view/Microsoft_Azure_Billing/SubscriptionsBlade, or choose another: --subscription NAME_OR_ID"
  fi
  check_bootstrap_values
}

check_bootstrap_values() {
  local file=terraform/bootstrap/terraform.tfvars chosen
  [ -f "$file" ] || return 0
  chosen=$(sed -n 's/^ *subscription_id *= *"\([^"]*\)".*/\1/p' "$file")
  [ "$chosen" = "$subscription" ] || problem "$file was written for the subscription ${chosen:-(none)}, not for \"$subscription_name\" ($subscription)." \
    "./boxoffice azure $action $ENVIRONMENT --subscription ${chosen:-NAME_OR_ID}; or, to start again in this one, remove $file and terraform/bootstrap/backend.tf"
}

# Bootstrap assigns roles, which Contributor alone may not do.
check_role() {
  local roles
  case $user_type in
    user) ADMINISTRATOR=$(az ad signed-in-user show --query id --output tsv 2>/dev/null) || ADMINISTRATOR='' ;;
    *) ADMINISTRATOR=$(az ad sp show --id "$user_name" --query id --output tsv 2>/dev/null) || ADMINISTRATOR='' ;;
  esac
  export ADMINISTRATOR
  if [ -z "$ADMINISTRATOR" ]; then
    problem "Entra does not show the id of $user_name." "az login --scope https://graph.microsoft.com//.default"
    return
  fi
  if ! roles=$(az role assignment list --assignee "$ADMINISTRATOR" --scope "/subscriptions/$subscription" --include-inherited --include-groups \
    --query '[].roleDefinitionName' --output tsv 2>/dev/null); then
    note "Azure does not show the roles of $user_name. Bootstrap needs Owner on the subscription."
    return
  fi
  grep -qxF Owner <<<"$roles" && return
  if grep -qxF Contributor <<<"$roles" && grep -qxE 'User Access Administrator|Role Based Access Control Administrator' <<<"$roles"; then
    return
  fi
  problem "$user_name has not the role Owner on the subscription \"$subscription_name\", but: $(tr '\n' ',' <<<"${roles:-none}")." \
    "an owner runs: az role assignment create --assignee $ADMINISTRATOR --role Owner --scope /subscriptions/$subscription"
}

# The image has the name of the commit, so it must contain the commit and nothing else.
check_commit() {
  [ -z "$(git status --porcelain -- api pom.xml config.yml .dockerignore kubernetes grafana)" ] ||
    problem "there are changes that are not committed, and the release has the name of the commit." "git status --short, then git commit"
}

check_providers() {
  local registered missing
  registered=$(az provider list --subscription "$subscription" --query "[?registrationState=='Registered'].namespace" --output tsv) ||
    fail "az cannot list the resource providers of the subscription."
  missing=$(sed -n 's/^ *"\(Microsoft\.[A-Za-z]*\)",$/\1/p' terraform/bootstrap/main.tf | grep -vxiF -f <(printf '%s\n' "$registered" none) | tr '\n' ' ') || missing=''
  [ -z "$missing" ] || note "bootstrap registers these resource providers, which takes a few minutes: $missing"
}

# What exists in Azure and is in no state that this run can read: Terraform could neither change nor create it.
check_state() {
  local root=terraform/bootstrap
  export STORED_STATE=false
  if ! exists "$STATE_STORAGE_ACCOUNT"; then
    # The fork's backend.tf may come from another subscription.
    if [ -f "$root/backend.tf" ] && [ ! -s "$root/terraform.tfstate" ]; then
      problem "$root/backend.tf says that bootstrap's state is in Azure, but \"$subscription_name\" has no storage account $STATE_STORAGE_ACCOUNT." \
        "choose the subscription that has it: --subscription NAME_OR_ID; or, to start in this one: rm $root/backend.tf"
    fi
    return
  fi
  [ ! -f "$root/backend.tf" ] && [ ! -s "$root/terraform.tfstate" ] || return 0
  STORED_STATE=$(az storage blob exists --auth-mode login --account-name "$STATE_STORAGE_ACCOUNT" --container-name bootstrap \
    --name bootstrap.tfstate --query exists --output tsv 2>/dev/null) || STORED_STATE=false
  [ "$STORED_STATE" = true ] ||
    problem "$STATE_RESOURCE_GROUP exists, but its Terraform state is neither in terraform/bootstrap nor readable in $STATE_STORAGE_ACCOUNT." \
      "copy terraform/bootstrap/terraform.tfstate from the machine that created it, or ask an administrator of the file terraform.tfvars for access, or delete it: az group delete --name $STATE_RESOURCE_GROUP"
}
