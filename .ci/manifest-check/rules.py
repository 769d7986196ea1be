"""Our own rules. Each is a function from all objects of one overlay to sentences about their faults."""

import base64
import ipaddress
import json
import re
import urllib.parse
from pathlib import Path

WORKLOADS = {"Deployment", "StatefulSet", "DaemonSet", "Job"}
CLUSTER_WIDE = {"Namespace", "ClusterRole", "ClusterRoleBinding"}
# The namespaces, with the level of pod security that each enforces.
POD_SECURITY = {"boxoffice": "restricted", "boxoffice-gateway": "baseline"}
# The Secrets that terraform/modules/secrets writes, and that of the gates, which an operator writes.
SECRETS = {
    "boxoffice-database": {"DATABASE_URL", "DATABASE_USER", "DATABASE_PASSWORD"},
    "boxoffice-migration": {"DATABASE_URL", "DATABASE_USER", "DATABASE_PASSWORD"},
    "boxoffice-operator": {"OPERATOR_TOKEN"},
    "postgres-exporter": {"DATA_SOURCE_URI", "DATA_SOURCE_USER", "DATA_SOURCE_PASS"},
    "alertmanager-discord": {"webhook-url"},
    "grafana-admin": {"admin-user", "admin-password"},
    "boxoffice-redis": {"REDIS_URL"},
    "boxoffice-rabbitmq": {"RABBITMQ_URL"},
    "boxoffice-mail": {"SMTP_URL"},
    "boxoffice-openid-connect": {"OIDC_CLIENT_SECRET"},
    "boxoffice-payment": {"PAYMENT_TOKEN", "PAYMENT_CALLBACK_SECRET"},
    "boxoffice-gates": {"GATE_TOKEN"},
}
# The overlays of a laptop, the only ones with Secrets; and those of the environment dev. All others are of prod.
LAPTOP = {"local", "redis", "payment", "rabbitmq", "standbys", "logs"}
DEV = {"dev", "optional", "stress"}
# A variable that ends in _FILE names a file with the secret.
SECRET_WORD = re.compile(r"(PASS|TOKEN|SECRET|WEBHOOK|COOKIE|REDIS_URL|RABBITMQ_URL|SMTP_URL)(?!.*_FILE$)", re.IGNORECASE)
# The only value that an overlay of a laptop may have in place of a secret; repeated with "-" where a secret must be longer.
PUBLISHED = "published"


def name(thing):
    return f"{thing['kind']} {thing['metadata']['name']}"


def of_kind(objects, *kinds):
    return [thing for thing in objects if thing["kind"] in kinds]


def pods(objects):
    """Every workload with its pod template."""
    return [(thing, thing["spec"]["template"]) for thing in of_kind(objects, *WORKLOADS)]


def containers(objects):
    for thing, template in pods(objects):
        for container in template["spec"].get("initContainers", []) + template["spec"]["containers"]:
            yield thing, template, container


def selects(selector, labels):
    wanted = selector.get("matchLabels", {}).items() <= labels.items()
    for term in selector.get("matchExpressions", []):
        assert term["operator"] == "In", term
        wanted = wanted and labels.get(term["key"]) in term["values"]
    return wanted


def unprivileged(objects, overlay):
    """Requirements that checkov's policies do not contain."""
    for thing, template in pods(objects):
        spec = template["spec"]
        if not spec.get("securityContext", {}).get("runAsUser"):
            yield f"{name(thing)}: the pod needs a numeric runAsUser"
        if any("hostPath" in volume for volume in spec.get("volumes", [])):
            yield f"{name(thing)}: the pod may not mount the node's files"


def bounded(objects, overlay):
    for thing in of_kind(objects, "Job"):
        if "activeDeadlineSeconds" not in thing["spec"]:
            yield f"{name(thing)}: needs activeDeadlineSeconds"
    # kubectl apply writes an object into an annotation, too, and Kubernetes refuses annotations of more than 256 KiB.
    for thing in of_kind(objects, "ConfigMap"):
        if len(json.dumps(thing, ensure_ascii=False).encode()) > 250_000:
            yield f"{name(thing)}: is too large for kubectl apply"
    # Kubernetes doubles its pause after each attempt, from 10 s: six retries wait ten minutes for an image to be pulled.
    if any(name(thing) == "StatefulSet postgres" for thing in objects):
        for thing in of_kind(objects, "Job"):
            if thing["metadata"]["name"] == "boxoffice-migration" and thing["spec"]["backoffLimit"] < 6:
                yield f"{name(thing)}: gives up while the database of the same overlay still starts"


def probed(objects, overlay):
    for thing, _, container in containers(objects):
        ready, alive = container.get("readinessProbe"), container.get("livenessProbe")
        if container["name"] == "boxoffice" and (not container.get("startupProbe") or ready == alive):
            yield f"{name(thing)}: needs a startupProbe, and a liveness apart from its readiness"


def released(objects, overlay):
    for thing, _, container in containers(objects):
        image = container["image"]
        if not re.search("(^|/)boxoffice", image):
            continue
        if "/" not in image:
            yield f"{name(thing)}/{container['name']}: '{image}' is the placeholder, which the overlay must replace"
        elif overlay not in LAPTOP and "@sha256:" not in image:
            yield f"{name(thing)}/{container['name']}: '{image}' is not released by its digest"


def tokenless(objects, overlay):
    """Only a pod with a role gets a token."""
    with_role = {
        subject["name"]
        for binding in of_kind(objects, "RoleBinding", "ClusterRoleBinding")
        for subject in binding["subjects"]
    }
    accounts = {thing["metadata"]["name"]: thing for thing in of_kind(objects, "ServiceAccount")}
    for thing, template in pods(objects):
        account = template["spec"].get("serviceAccountName", "default")
        mounts = template["spec"].get(
            "automountServiceAccountToken", accounts.get(account, {}).get("automountServiceAccountToken", True)
        )
        if mounts and account not in with_role:
            yield f"{name(thing)}: has a token of the service account '{account}', which has no role"


def without_secrets(objects, overlay):
    for thing in of_kind(objects, "Secret"):
        if overlay not in LAPTOP:
            yield f"{name(thing)}: must not be in the repository"
        values = dict(thing.get("stringData", {}))
        for key, encoded in thing.get("data", {}).items():
            values[key] = base64.b64decode(encoded).decode()
        for key, value in values.items():
            password = urllib.parse.urlsplit(value).password if key.endswith("_URL") else value
            if SECRET_WORD.search(key) and set((password or "").split("-")) != {PUBLISHED}:
                yield f"{name(thing)}: {key} is not '{PUBLISHED}'"
    for thing, _, container in containers(objects):
        for variable in container.get("env", []):
            if SECRET_WORD.search(variable["name"]) and variable.get("value"):
                yield f"{name(thing)}/{container['name']}: {variable['name']} is a secret in the manifest"
    for thing in of_kind(objects, "ConfigMap"):
        for key in thing.get("data", {}):
            if SECRET_WORD.search(key) and "." not in key and "-" not in key:
                yield f"{name(thing)}: {key} belongs in a Secret"


def references(objects, overlay):
    """A pod reads only what the overlay or Terraform writes."""
    maps = {thing["metadata"]["name"]: set(thing.get("data", {})) for thing in of_kind(objects, "ConfigMap")}
    secrets = {thing["metadata"]["name"]: set(thing.get("data", {})) for thing in of_kind(objects, "Secret")}
    if overlay not in LAPTOP:
        secrets |= SECRETS
    for thing, template in pods(objects):
        for kind, target, key, optional in _references(template["spec"]):
            known = secrets if kind == "Secret" else maps
            # An optional name must be known too: with a misspelt one, the pod would never get its value.
            if optional and target in SECRETS:
                known = SECRETS
            if target not in known:
                yield f"{name(thing)}: reads the {kind} '{target}', which does not exist"
            elif key and key not in known[target]:
                yield f"{name(thing)}: reads '{key}' of the {kind} '{target}', which does not have it"


def _references(spec):
    for container in spec.get("initContainers", []) + spec["containers"]:
        for source in container.get("envFrom", []):
            for field, kind in (("secretRef", "Secret"), ("configMapRef", "ConfigMap")):
                if field in source:
                    yield kind, source[field]["name"], None, source[field].get("optional")
        for variable in container.get("env", []):
            source = variable.get("valueFrom", {})
            for field, kind in (("secretKeyRef", "Secret"), ("configMapKeyRef", "ConfigMap")):
                if field in source:
                    yield kind, source[field]["name"], source[field]["key"], source[field].get("optional")
    for volume in spec.get("volumes", []):
        for source in [volume] + volume.get("projected", {}).get("sources", []):
            for field, kind, key in (("secret", "Secret", "secretName"), ("configMap", "ConfigMap", "name")):
                if field in source:
                    target = source[field].get(key) or source[field]["name"]
                    optional = source[field].get("optional")
                    yield kind, target, None, optional
                    for item in source[field].get("items", []):
                        yield kind, target, item["key"], optional


def connected(objects, overlay):
    """Services reach pods, and routes lead to the application port only."""
    templates = pods(objects)
    for service in of_kind(objects, "Service"):
        reached = [
            template for thing, template in templates
            if service["spec"]["selector"].items() <= template["metadata"]["labels"].items()
        ]
        if len(reached) != 1:
            yield f"{name(service)}: selects {len(reached)} workloads"
            continue
        ports = {
            port["name"]: port["containerPort"]
            for container in reached[0]["spec"]["containers"] for port in container.get("ports", [])
        }
        for port in service["spec"]["ports"]:
            if port["targetPort"] not in ports:
                yield f"{name(service)}: no container has a port '{port['targetPort']}'"
    inside = {
        (service["metadata"]["name"], port["port"]): port["targetPort"]
        for service in of_kind(objects, "Service") for port in service["spec"]["ports"]
    }
    for route in of_kind(objects, "HTTPRoute"):
        for rule in route["spec"]["rules"]:
            for backend in rule.get("backendRefs", []):
                if inside.get((backend["name"], backend["port"])) != "http":
                    yield f"{name(route)}: leads to port {backend['port']} of '{backend['name']}'"


def available(objects, overlay):
    for budget in of_kind(objects, "PodDisruptionBudget"):
        if budget["spec"].get("maxUnavailable") != 1:
            yield f"{name(budget)}: needs maxUnavailable 1, which never blocks a drain"
    deployments = {thing["metadata"]["name"]: thing for thing in of_kind(objects, "Deployment")}
    for scaler in of_kind(objects, "HorizontalPodAutoscaler"):
        if "replicas" in deployments[scaler["spec"]["scaleTargetRef"]["name"]]["spec"]:
            yield f"{name(scaler)}: its target has replicas, which an apply would reset"
    api = deployments["boxoffice"]
    if api["spec"]["strategy"].get("rollingUpdate", {}).get("maxUnavailable") != 0:
        yield f"{name(api)}: needs maxUnavailable 0, which keeps every ready pod until another is ready"
    spec = api["spec"]["template"]["spec"]
    if not spec.get("topologySpreadConstraints"):
        yield f"{name(api)}: needs topologySpreadConstraints"
    settings = next(
        thing["data"] for thing in of_kind(objects, "ConfigMap")
        if thing["metadata"]["name"].startswith("boxoffice-settings")
    )
    sleep = spec["containers"][0].get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
    needed = sleep + sum(int(settings[key].removesuffix("s")) for key in ("SHUTDOWN_DELAY", "SHUTDOWN_GRACE"))
    if sleep == 0 or needed >= spec["terminationGracePeriodSeconds"]:
        yield f"{name(api)}: needs {needed} s to stop, has {spec['terminationGracePeriodSeconds']}"


def placed(objects, overlay):
    for thing in objects:
        if thing["kind"] not in CLUSTER_WIDE and thing["metadata"].get("namespace") not in POD_SECURITY:
            yield f"{name(thing)}: is in none of the namespaces {', '.join(POD_SECURITY)}"
    for thing, _ in pods(objects):
        if thing["metadata"].get("namespace") != "boxoffice":
            yield f"{name(thing)}: is not in the namespace boxoffice"
    for _, template in pods(objects):
        if not template["metadata"]["labels"].get("boxoffice.io/environment"):
            yield f"{template['metadata']['labels']}: no label boxoffice.io/environment"
    for namespace in of_kind(objects, "Namespace"):
        level = POD_SECURITY.get(namespace["metadata"]["name"])
        if namespace["metadata"]["labels"].get("pod-security.kubernetes.io/enforce", "none") != level:
            yield f"{name(namespace)}: needs pod security '{level}'"


def as_terraform_says(objects, overlay):
    """An overlay repeats the subnets and the name of the public address, which Terraform creates."""
    if overlay in LAPTOP:
        return
    environment = "dev" if overlay in DEV else "prod"
    folder = Path(__file__).parents[2] / "terraform/platform"
    ranges = [
        re.search(r'address_space\W+(?:[^}]*?default)?\s*=?\s*"([0-9./]+)"', file.read_text())
        for file in (folder / f"{environment}.tfvars", folder / "variables.tf")
    ]
    network = ipaddress.ip_network(next(found[1] for found in ranges if found))
    subnets = list(network.subnets(new_prefix=28))
    subnets = {"boxoffice-to-postgres": subnets[256], "boxoffice-to-redis": subnets[257]}
    for policy in of_kind(objects, "NetworkPolicy"):
        subnet = subnets.get(policy["metadata"]["name"])
        for rule in policy["spec"].get("egress", []) if subnet else []:
            for peer in rule.get("to", []):
                if peer.get("ipBlock", {}).get("cidr") != str(subnet):
                    yield f"{name(policy)}: allows {peer}, but Terraform's subnet is {subnet}"
    wanted = {"azure-pip-name": f"pip-boxoffice-{environment}", "azure-load-balancer-resource-group": f"rg-boxoffice-{environment}"}
    for gateway in of_kind(objects, "Gateway"):
        annotations = gateway["spec"].get("infrastructure", {}).get("annotations", {})
        for key, value in wanted.items():
            if annotations.get(f"service.beta.kubernetes.io/{key}") != value:
                yield f"{name(gateway)}: does not have Terraform's {key} {value}"


RULES = [
    unprivileged, bounded, probed, released, tokenless, without_secrets, references, connected, available, placed,
    as_terraform_says,
]
