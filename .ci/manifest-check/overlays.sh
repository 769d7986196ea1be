# shellcheck shell=bash
# Sourced, from the repository's folder, by a script that has made the folder $work and has sourced tools.sh. It renders what
# would be applied as $work/OVERLAY.yaml. Further files are prod with every component that no overlay takes (components.yaml), prod with
# the component that replaces the autoscaler (opening.yaml), local with a Redis (redis.yaml), and dev with the overlay of docs/stress.md
# (stress.yaml).

# The version that Terraform creates. The scripts that source this file read it.
# shellcheck disable=SC2034
KUBERNETES=$(sed -n 's/^ *kubernetes_version = optional(string, "\(1\.[0-9]*\)")$/\1/p' terraform/platform/variables.tf)
[ -n "$KUBERNETES" ] || { echo "terraform/platform/variables.tf has no default for kubernetes_version" >&2; exit 1; }
GATEWAY_API=v1.4.1
# The version that .github/scripts/prepare-cluster installs.
CERT_MANAGER=$(sed -n 's/^VERSION=\(v[0-9.]*\)$/\1/p' .github/scripts/prepare-cluster)
PROMETHEUS_OPERATOR=v0.85.0
KEDA=v2.17.2
export PUBLIC_HOST=shop.example.com
digest=sha256:$(printf '0%.0s' {1..64})

# Prints prod with components; the folder $all is beside the overlays.
prod_with() { # COMPONENT...
  jq -n --arg digest "$digest" '{
    apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization",
    transformers: [{apiVersion: "builtin", kind: "NamespaceTransformer", metadata: {name: "boxoffice", namespace: "boxoffice"},
                    unsetOnly: true} | tojson],
    resources: ["../overlays/prod"], components: $ARGS.positional,
    patches: [{target: {kind: "NetworkPolicy", name: "boxoffice-to-redis"},
               patch: ([{op: "replace", path: "/spec/egress/0/to/0/ipBlock/cidr", value: "10.41.16.16/28"}] | tojson)}],
    labels: [{pairs: {"boxoffice.io/environment": "prod"}, includeTemplates: true}],
    images: [{name: "boxoffice", newName: "registry.example/boxoffice", digest: $digest},
             {name: "boxoffice-stress", newName: "registry.example/boxoffice-stress", digest: $digest}]
  }' --args "$@" >"$all/kustomization.yaml"
  kubectl kustomize "$all" | sed "s/host\.invalid/$PUBLIC_HOST/"
}

render_overlays() {
  local overlay all component components=() opening=../components/scale-before-opening redis=../components/redis
  kubectl kustomize kubernetes/overlays/local >"${work:?}/local.yaml"
  for overlay in dev prod; do
    .github/scripts/render "$overlay" "registry.example/boxoffice@$digest" >"$work/$overlay.yaml"
  done
  for component in kubernetes/components/*; do
    component=../components/${component##*/}
    case $component in "$opening" | "$redis") continue ;; esac
    grep -qxF "  - ../$component" kubernetes/overlays/*/kustomization.yaml || components+=("$component")
  done
  # Beside the overlays, because kustomize reads them by relative paths only.
  all=$(mktemp -d kubernetes/.release.XXXXXX)
  prod_with "${components[@]}" >"$work/components.yaml" || { rm -rf "$all"; return 1; }
  # Apart from the others, because another component changes the autoscaler that this one removes.
  prod_with "$opening" >"$work/opening.yaml" || { rm -rf "$all"; return 1; }
  # By the line that the component's own comment shows.
  jq -n --arg redis "$redis" '{
    apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization", namespace: "boxoffice",
    resources: ["../overlays/local"], components: [$redis],
    labels: [{pairs: {"boxoffice.io/environment": "local"}, includeTemplates: true}]
  }' >"$all/kustomization.yaml"
  kubectl kustomize "$all" >"$work/redis.yaml" || { rm -rf "$all"; return 1; }
  # The overlay that docs/stress.md shows, as deep as the overlays, in a cluster that runs dev.
  mkdir "$all/stress"
  awk '/^## In a cluster/ { within = 1 } within && /^```$/ { exit } block; within && /^```yaml/ { block = 1 }' \
    docs/stress.md >"$all/stress/kustomization.yaml"
  { cat "$work/dev.yaml" && echo --- && kubectl kustomize "$all/stress"; } >"$work/stress.yaml" || { rm -rf "$all"; return 1; }
  rm -rf "$all"
}

# Prints the folder of a Go module.
module() { # MODULE VERSION
  { command -v go >/dev/null && mkdir -p "${cache:?}" && cd "$cache" && go mod download -json "$1@$2" | jq -r .Dir; } 2>/dev/null
}

# Sets $custom to the definitions of the custom resources that the components use, or fails if they cannot be downloaded.
custom_resources() {
  local gateway certificates operator keda
  gateway=$(module sigs.k8s.io/gateway-api "$GATEWAY_API") &&
    certificates=$(module github.com/cert-manager/cert-manager "$CERT_MANAGER") &&
    operator=$(module github.com/prometheus-operator/prometheus-operator "$PROMETHEUS_OPERATOR") &&
    keda=$(module github.com/kedacore/keda/v2 "$KEDA") || return 1
  custom=("$gateway"/config/crd/standard/gateway.networking.k8s.io_{gateways,httproutes}.yaml
    "$certificates"/deploy/crds/cert-manager.io_{certificates,issuers}.yaml
    "$operator"/example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml
    "$keda"/config/crd/bases/keda.sh_scaledobjects.yaml)
}
