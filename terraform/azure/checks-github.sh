# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # The files of this folder share their variables.
# Sourced by terraform/azure/azure: GitHub. Terraform gives rights to the jobs of one repository, so it must be the right one.

# Exports the repository that gh changes, or nothing.
read_repository() {
  REPOSITORY=$(gh repo set-default --view 2>/dev/null | grep -Ex '[^/ ]+/[^/ ]+') || REPOSITORY=''
  export REPOSITORY
}

check_github() {
  local data plan state
  if ! gh auth status >/dev/null 2>&1; then
    problem "gh is not logged in." "gh auth login"
    return
  fi
  read_repository
  if [ -z "$REPOSITORY" ]; then
    problem "gh has no default repository, so it would change the one from which you forked." "gh repo set-default OWNER/NAME"
    return
  fi
  if ! data=$(gh api "repos/$REPOSITORY" 2>/dev/null); then
    problem "gh cannot read the repository $REPOSITORY." "gh repo set-default OWNER/NAME, or: gh auth refresh --scopes repo,workflow"
    return
  fi
  if [ "$(jq -r '.permissions.admin' <<<"$data")" != true ]; then
    problem "you do not administer $REPOSITORY. Use a fork of your own." "gh repo fork --remote && gh repo set-default OWNER/NAME"
    return
  fi
  git remote -v | grep -qiF "$REPOSITORY" ||
    problem "no remote of this checkout is $REPOSITORY, which is gh's default." "gh repo set-default OWNER/NAME, with the repository of: git remote -v"
  if [ "$(gh api "repos/$REPOSITORY/actions/permissions" --jq .enabled 2>/dev/null)" != true ]; then
    problem "Actions are disabled in $REPOSITORY." "gh api -X PUT repos/$REPOSITORY/actions/permissions -F enabled=true -f allowed_actions=all"
  else
    state=$(gh api "repos/$REPOSITORY/actions/workflows/deploy.yml" --jq .state 2>/dev/null) || state=unknown
    [ "$state" = active ] ||
      problem "GitHub does not run the workflows of $REPOSITORY: the workflow deploy is $state. GitHub disables those of a new fork." \
        "enable them at https://github.com/$REPOSITORY/actions, then: gh workflow enable deploy"
  fi
  if [ "$(jq -r .private <<<"$data")" = true ]; then
    plan=$(gh api "$(jq -r 'if .owner.type == "Organization" then "orgs/" + .owner.login else "user" end' <<<"$data")" --jq '.plan.name // empty' 2>/dev/null) || plan=''
    case $plan in
      free) problem "$REPOSITORY is private, and the plan \"free\" of its owner has no environments for private repositories." \
        "gh repo edit $REPOSITORY --visibility public --accept-visibility-change-consequences, or a paid plan" ;;
      '') note "$REPOSITORY is private. Environments need a paid plan, which GitHub does not show to this login." ;;
    esac
  fi
}
