# shellcheck shell=bash
# Sourced by a script that builds an image and has made the folder $work: the container engine, and base images that may come from
# this machine.

# Sets $engine, or fails if none is installed.
find_engine() {
  engine=${ENGINE:-$(command -v podman || command -v docker || true)}
  [ -n "$engine" ]
}

# Copies a Dockerfile to $work/Dockerfile whose base images exist here, or fails and prints the one that cannot be downloaded.
usable_dockerfile() { # DOCKERFILE
  local base
  cp "$1" "${work:?}/Dockerfile"
  while read -r base; do
    "$engine" image inspect "$base" >/dev/null 2>&1 || timeout 300 "$engine" pull -q "$base" >/dev/null 2>&1 || {
      # A machine without the registry may have an image of its own under the public name, which has another digest.
      "$engine" image inspect "${base%@*}" >/dev/null 2>&1 || { echo "$base"; return 1; }
      echo "built on this machine's ${base%@*}" >&2
      sed -i "s|$base|${base%@*}|" "$work/Dockerfile"
    }
  done < <(sed -n 's|^FROM \(docker.io/[^ ]*\).*|\1|p' "$1")
}
