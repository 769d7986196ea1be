# shellcheck shell=bash
# Sourced by scripts that need a tool from Python's registry. Each tool has a folder of its own, which later runs use again.

cache=${XDG_CACHE_HOME:-$HOME/.cache}/boxoffice-ci

# Sets $tool to a command of the package, or prints that it cannot be installed and fails.
python_tool() { # COMMAND PACKAGE==VERSION [PACKAGE==VERSION]...
  local folder=$cache/${2/==/-}
  # shellcheck disable=SC2034 # The script that sources this file reads it.
  tool=$folder/bin/$1
  [ ! -e "$folder/installed" ] || return 0
  mkdir -p "$cache"
  # A folder without the mark is what an interrupted installation left.
  { python3 -m venv --clear "$folder" && "$folder/bin/python" -m pip install -q --disable-pip-version-check "${@:2}" &&
    touch "$folder/installed"; } >/dev/null 2>&1 || { echo "skipped: ${2/==/ } cannot be installed here"; return 1; }
}
