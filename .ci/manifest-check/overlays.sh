# shellcheck shell=bash
# Sourced, from the repository's folder, by a script that has made the folder $work and has sourced tools.sh. It renders what would be
# applied as $work/OVERLAY.yaml. Of prod, there are also components.yaml, with every component that neither an overlay nor
# docs/kubernetes.md takes, and opening.yaml, with the component that replaces the autoscaler. Of local, there are redis.yaml, with a
# Redis, rabbitmq.yaml, with a RabbitMQ, logs.yaml, with a store of logs, standbys.yaml, with CloudNativePG, and payment.yaml, with all partners. Of dev, there are optional.yaml, with what docs/kubernetes.md adds, and stress.yaml, with the overlay of docs/stress.md.

# The version that Terraform creates. The scripts that source this file read it.
# shellcheck disable=SC2034
KUBERNETES=$(sed -n 's/^ *kubernetes_version = optional(string, "\(1\.[0-9]*\)")$/\1/p' terraform/platform/variables.tf)
[ -n "$KUBERNETES" ] || { echo "terraform/platform/variables.tf has no default for kubernetes_version" >&2; exit 1; }
GATEWAY_API=v1.4.1
# The version that .github/scripts/prepare-cluster installs.
CERT_MANAGER=$(sed -n 's/^VERSION=\(v[0-9.]*\)$/\1/p' .github/scripts/prepare-cluster)
PROMETHEUS_OPERATOR=v0.85.0
KEDA=v2.17.2
CLOUDNATIVE_PG=v1.27.1
export PUBLIC_HOST=shop.example.com
digest=sha256:$(printf '0%.0s' {1..64})

# Prints an overlay with what the standard input adds to it, as one would add it to the overlay's own file.
extended() { # OVERLAY
  {
    cat <<END
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
transformers:
  - |
    apiVersion: builtin
    kind: NamespaceTransformer
    metadata: {name: boxoffice, namespace: boxoffice}
    unsetOnly: true
resources: [../../overlays/$1]
labels:
  - pairs: {boxoffice.io/environment: $1}
    includeTemplates: true
images:
  - {name: boxoffice, newName: registry.example/boxoffice, digest: $digest}
  - {name: boxoffice-partners, newName: registry.example/boxoffice-partners, digest: $digest}
  - {name: boxoffice-stress, newName: registry.example/boxoffice-stress, digest: $digest}
END
    cat
  } >"$all/kustomization.yaml"
  kubectl kustomize "$all" | sed "s/host\.invalid/$PUBLIC_HOST/"
}

# Prints the lines that add components.
adding() { # COMPONENT...
  echo components:
  printf '  - ../../components/%s\n' "$@"
}

# Prints the first block of YAML below a heading.
shown() { # FILE HEADING
  awk -v heading="$2" 'index($0, heading) == 1 { within = 1 } within && /^```$/ { exit } block; within && /^```yaml/ { block = 1 }' "$1"
}

render_overlays() {
  local overlay parent all code=0
  for overlay in dev prod; do
    .github/scripts/render "$overlay" "registry.example/boxoffice@$digest" >"${work:?}/$overlay.yaml"
  done
  kubectl kustomize kubernetes/overlays/local >"$work/local.yaml"
  # As deep as the overlays, because kustomize reads them by relative paths only.
  parent=$(mktemp -d kubernetes/.release.XXXXXX)
  all=$parent/overlay
  mkdir "$all"
  render_additions || code=$?
  rm -rf "$parent"
  return "$code"
}

render_additions() {
  local component components=()
  for component in kubernetes/components/*; do
    component=${component##*/}
    # scale-before-opening and scale-by-backlog remove the autoscaler that another component changes; the others are for a laptop.
    case $component in scale-before-opening | scale-by-backlog | redis | rabbitmq | cloudnative-pg | *-partner | payment-partner-secret) continue ;; esac
    grep -qxF -e "  - ../../components/$component" kubernetes/overlays/*/kustomization.yaml docs/kubernetes.md || components+=("$component")
  done
  adding "${components[@]}" | extended prod >"$work/components.yaml" || return
  adding scale-before-opening | extended prod >"$work/opening.yaml" || return
  adding scale-by-backlog | extended prod >"$work/backlog.yaml" || return
  adding redis | extended local >"$work/redis.yaml" || return
  adding rabbitmq | extended local >"$work/rabbitmq.yaml" || return
  adding logs | extended local >"$work/logs.yaml" || return
  adding cloudnative-pg | extended local >"$work/standbys.yaml" || return
  adding payment-partner payment-partner-secret {email,search,analytics,report}-partner | extended local >"$work/payment.yaml" || return
  shown docs/kubernetes.md '### Redis, mail, an identity provider and payments' | extended dev >"$work/optional.yaml" || return
  # In a cluster that runs dev.
  shown docs/stress.md '## In a cluster' >"$all/kustomization.yaml" || return
  { cat "$work/dev.yaml" && echo --- && kubectl kustomize "$all"; } >"$work/stress.yaml"
}

# Prints the folder of a Go module.
module() { # MODULE VERSION
  { command -v go >/dev/null && mkdir -p "${cache:?}" && cd "$cache" && go mod download -json "$1@$2" | jq -r .Dir; } 2>/dev/null
}

# Sets $custom to the definitions of the custom resources that the components use, or fails if they cannot be downloaded.
custom_resources() {
  local gateway certificates operator keda postgres
  gateway=$(module sigs.k8s.io/gateway-api "$GATEWAY_API") &&
    certificates=$(module github.com/cert-manager/cert-manager "$CERT_MANAGER") &&
    operator=$(module github.com/prometheus-operator/prometheus-operator "$PROMETHEUS_OPERATOR") &&
    keda=$(module github.com/kedacore/keda/v2 "$KEDA") &&
    postgres=$(module github.com/cloudnative-pg/cloudnative-pg "$CLOUDNATIVE_PG") || return 1
  custom=("$gateway"/config/crd/standard/gateway.networking.k8s.io_{gateways,httproutes}.yaml
    "$certificates"/deploy/crds/cert-manager.io_{certificates,issuers}.yaml
    "$operator"/example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml
    "$keda"/config/crd/bases/keda.sh_scaledobjects.yaml
    "$postgres"/config/crd/bases/postgresql.cnpg.io_clusters.yaml)
}
