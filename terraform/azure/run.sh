# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # The files of this folder share their variables.
# Sourced by terraform/azure/azure: messages, and how a step runs, is shown, is interrupted and is explained when it fails.

# A debugging log of these tools contains tokens, and it would end in the log of a step.
unset TF_LOG TF_LOG_CORE TF_LOG_PROVIDER TF_LOG_PATH GH_DEBUG DEBUG

POLL=${POLL:-1}                   # seconds between two looks at a running step
PROGRESS_EVERY=${PROGRESS_EVERY:-30} # seconds between two lines about it
child='' interrupted='' done_steps=''

say() { printf '%s\n' "$*" 2>/dev/null || true; } # a terminal that was closed must not end what still has to be done

fail() {
  printf 'azure: %s\n' "$*" >&2
  exit 1
}

minutes() { # SECONDS
  if [ "$1" -lt 60 ]; then echo "$1 s"; else echo "$(($1 / 60)) min $(($1 % 60)) s"; fi
}

# Asks for a word before something that costs money or deletes data.
confirm() { # WORD QUESTION
  local answer=''
  [ -z "$yes" ] || return 0
  [ -t 0 ] || fail "there is no terminal for the answer to: $2 Run this in a terminal, or with --yes to agree in advance. Nothing was changed."
  printf '%s Type %s to go on: ' "$2" "$1"
  read -r answer || true
  [ "$answer" = "$1" ] || fail "the answer was not '$1'. Nothing was changed."
}

# Terraform ends well after one SIGINT: it completes or abandons what it does, writes its state and releases the lock. After a
# second one it leaves the lock behind. So a step has a process group of its own, and gets exactly one.
interrupt() {
  if [ -n "$interrupted" ]; then
    say "Still stopping${child:+: waiting for the step to end (process group $child)}."
    return 0 # without a number, it would be the code of what the signal ended
  fi
  interrupted=1
  if [ -z "$child" ]; then
    say "Stopped. Done in this run:${done_steps:- nothing}."
    exit 130
  fi
  say "Stopping. Please wait: the step ends what it cannot leave half-done, and Terraform releases the lock of its state."
  kill -INT -- "-$child" 2>/dev/null || true
}
trap interrupt INT TERM HUP

# The last thing that the step printed: what it waits for.
last_line() { tail -n 5 "$log" 2>/dev/null | sed '/^[[:space:]]*$/d' | tail -n 1 | cut -c 1-110; }

# Runs a step with its output in a log, and shows how long it takes. After an interruption, this waits for its end and exits.
run_step() { # NUMBER COUNT NAME WHAT
  local begin=$SECONDS shown=$SECONDS code=0
  log=$logs/$3.log
  say "step $1 of $2, $3: $4"
  : >"$log"
  set -m
  LOG=$log terraform/azure/step "$3" </dev/null >>"$log" 2>&1 &
  child=$!
  set +m
  while kill -0 "$child" 2>/dev/null; do
    sleep "$POLL" || true
    if [ $((SECONDS - shown)) -ge "$PROGRESS_EVERY" ]; then
      shown=$SECONDS
      say "    $(minutes $((SECONDS - begin)))  $(last_line)"
    fi
  done
  wait "$child" || code=$?
  child=''
  if [ -n "$interrupted" ]; then
    say "Stopped in step $1 ($3) after $(minutes $((SECONDS - begin)))."
    [ "$code" = 0 ] || explain "$3"
    how_to_continue
    exit 130
  fi
  if [ "$code" != 0 ]; then
    say "Step $1 ($3) failed after $(minutes $((SECONDS - begin))). The last lines of $log:"
    tail -n "${TAIL:-15}" "$log" | sed 's/^/    /'
    explain "$3"
    how_to_continue
    exit 1
  fi
  done_steps="$done_steps $3"
  say "    done in $(minutes $((SECONDS - begin)))"
}

run_steps() { # LINES_OF_NAME|WHAT
  local count number=0 name what
  count=$(wc -l <<<"$1" | tr -d ' ')
  while IFS='|' read -r name what <&3; do
    number=$((number + 1))
    run_step "$number" "$count" "$name" "$what"
  done 3<<<"$1"
}

how_to_continue() {
  say "Done in this run:${done_steps:- nothing}."
  say "./boxoffice azure $action $ENVIRONMENT continues here: it asks Azure, GitHub and the cluster what exists. Logs: $logs"
  [ "$action" != up ] || say "What exists already costs money. ./boxoffice azure down $ENVIRONMENT deletes it."
}

# Says what a failure means, if its log or the login shows it.
explain() { # STEP
  local root=platform
  case $1 in
    bootstrap) root=bootstrap ;;
    workload | delete-workload) root=workload ;;
  esac
  if grep -q 'Error acquiring the state lock' "$log"; then
    explain_lock "$root"
  elif ! az account get-access-token --output none 2>/dev/null; then
    say "Your login at Azure has expired. Log in, then run the command again:"
    say "    az login"
  elif grep -q 'refuse-data-loss: the plan' "$log"; then
    say "The plan would lose data, so it was not applied. See \"Take it down\" in docs/deployment.md if you want that."
  elif grep -qE 'QuotaExceeded|SkuNotAvailable|OperationNotAllowed' "$log"; then
    say "The region has no such machines for your subscription. Request quota, or choose another vm_size or location in"
    say "terraform/platform/$ENVIRONMENT.tfvars: az vm list-usage --location $LOCATION --output table"
  elif grep -q 'to be managed via Terraform this resource needs to be imported' "$log"; then
    say "A run was killed before Terraform could write its state. Delete the resource that the message names, for example"
    say "az group delete --name $GROUP, or import it; then run the command again."
  elif grep -q 'deleted but recoverable state' "$log"; then
    say "A deleted vault has the name. If you do not need it any more: az keyvault purge --name $VAULT"
  else
    say "docs/deployment.md, \"Troubleshooting\", explains the most common messages."
  fi
}

# A lock stays when a run was killed. Only its owner knows whether that run has ended, so this never unlocks.
explain_lock() { # ROOT
  local id
  id=$(sed -n 's/^[^A-Za-z]*ID: *//p' "$log" | tail -n 1)
  say "The state of terraform/$1 is locked by another run:"
  sed -nE 's/^[^A-Za-z]*(ID|Who|Operation|Created): */    \1: /p' "$log" | tail -n 4
  say "If that run still works, wait for it. If it was killed, remove its lock, then run the command again:"
  say "    terraform -chdir=terraform/$1 force-unlock ${id:-ID}"
}
