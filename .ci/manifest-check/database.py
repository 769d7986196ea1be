"""Our own rules about the clients of the database. Each is a function as in rules.py."""

import base64
import re
from pathlib import Path

from rules import containers, name, of_kind, pods, selects

REPOSITORY = Path(__file__).parents[2]
EXPORTER = "postgres-exporter"
# What kustomize appends to the name of a generated object.
HASH = re.compile("-[2456789bcdfghkmt]{10}$")
# How many connections of clients a size of Azure accepts by default.
CONNECTIONS = {"B_Standard_B1ms": 35, "GP_Standard_D4ds_v5": 1703}


def observed(objects, overlay):
    """An exporter runs, and only Prometheus reaches it."""
    exporters = [template for thing, template in pods(objects) if thing["metadata"]["name"] == EXPORTER]
    if len(exporters) != 1:
        yield f"{len(exporters)} workloads are named {EXPORTER}: the dashboard PostgreSQL needs one"
    prometheus = {"podSelector": {"matchLabels": {"app.kubernetes.io/name": "prometheus"}}}
    for template in exporters:
        ingress = [
            rule for policy in of_kind(objects, "NetworkPolicy")
            if selects(policy["spec"]["podSelector"], template["metadata"]["labels"])
            for rule in policy["spec"].get("ingress", [])
        ]
        if ingress != [{"from": [prometheus], "ports": [{"port": "metrics"}]}]:
            yield f"{EXPORTER}: accepts connections from none, or from others than Prometheus"


def own_login(objects, overlay):
    """The exporter signs in as a role that only the exporter uses and that the migration makes."""
    for thing, _, container in containers(objects):
        secrets = _secrets(container)
        if thing["metadata"]["name"] == EXPORTER:
            if set(secrets.values()) != {(EXPORTER, None)}:
                yield f"{name(thing)}: its login is not from the Secret '{EXPORTER}' alone"
        elif thing["metadata"]["name"] == "boxoffice-migration":
            if [secrets.get(variable) for variable in ("MONITORING_USER", "MONITORING_PASSWORD")] != [
                (EXPORTER, "DATA_SOURCE_USER"), (EXPORTER, "DATA_SOURCE_PASS")
            ]:
                yield f"{name(thing)}: does not make the role of the Secret '{EXPORTER}'"
        elif any(secret == EXPORTER for secret, _ in secrets.values()):
            yield f"{name(thing)}: reads the Secret '{EXPORTER}'"
    users = _users(objects)
    exporter = users.pop(EXPORTER, None)
    if exporter in users.values():
        yield f"the exporter signs in as '{exporter}', which is the API or the migration"


def _secrets(container):
    """The Secret and the key of each variable, and each Secret that is read as a whole, by its place."""
    found = {
        place: (HASH.sub("", source["secretRef"]["name"]), None)
        for place, source in enumerate(container.get("envFrom", [])) if "secretRef" in source
    }
    for variable in container.get("env", []):
        source = variable.get("valueFrom", {}).get("secretKeyRef")
        if source:
            found[variable["name"]] = HASH.sub("", source["name"]), source["key"]
    return found


def _users(objects):
    """The database's user in each Secret that the overlay contains."""
    return {
        HASH.sub("", secret["metadata"]["name"]): base64.b64decode(secret["data"][key]).decode()
        for secret in of_kind(objects, "Secret") for key in ("DATABASE_USER", "DATA_SOURCE_USER") if key in secret["data"]
    }


def within_connections(objects, overlay):
    """The database accepts the sessions of all pods and of those that a rollout adds, the exporter, and one more: the migration
    or an operator."""
    api = next(thing for thing in of_kind(objects, "Deployment") if thing["metadata"]["name"] == "boxoffice")
    environment = api["spec"]["template"]["metadata"]["labels"].get("boxoffice.io/environment")
    if environment not in ("dev", "prod"):
        return
    size = _found(f"terraform/platform/{environment}.tfvars", r'sku_name\s*=\s*"([^"]*_Standard_[^"]*)"')
    if size not in CONNECTIONS:
        yield f"CONNECTIONS in database.py does not know how many connections {size} accepts"
        return
    settings = next(
        thing["data"] for thing in of_kind(objects, "ConfigMap") if HASH.sub("", thing["metadata"]["name"]) == "boxoffice-settings")
    pool = int(settings.get("DATABASE_POOL_SIZE") or _found("config.yml", r"DATABASE_POOL_SIZE:-(\d+)"))
    most = max(
        [scaler["spec"]["maxReplicas"] for scaler in of_kind(objects, "HorizontalPodAutoscaler")]
        + [scaled["spec"]["maxReplicaCount"] for scaled in of_kind(objects, "ScaledObject")])
    surge = int(api["spec"]["strategy"]["rollingUpdate"]["maxSurge"].removesuffix("%"))
    added = -(-most * surge // 100)
    exporter = int(_found(
        "api/src/main/java/io/boxoffice/platform/database/MonitoringRole.java", r"CONNECTION_LIMIT = (\d+)"))
    beside = BESIDE_POOL + _subscriptions(api) + bool(settings.get("READ_DATABASE_URL"))
    needed = (most + added) * (pool + beside) + exporter + 1
    if needed > CONNECTIONS[size]:
        yield (f"{environment} needs {needed} connections: {most} + {added} pods with {pool} + {beside} each, {exporter} of the exporter, "
               f"and one more; {size} accepts {CONNECTIONS[size]}")


def durable(objects, overlay):
    """A primary of CloudNativePG has two standbys, and a commit waits for one of them."""
    for cluster in of_kind(objects, "Cluster"):
        spec = cluster["spec"]
        synchronous = spec.get("postgresql", {}).get("synchronous", {})
        if spec["instances"] < 3 or synchronous.get("number", 0) < 1 or synchronous.get("dataDurability") != "required":
            yield f"{name(cluster)}: may lose a confirmed purchase with its primary"
        owner = spec["bootstrap"]["initdb"]
        logins = [secret for secret in of_kind(objects, "Secret") if secret["metadata"]["name"] == owner["secret"]["name"]]
        if [base64.b64decode(login["data"]["username"]).decode() for login in logins] != [owner["owner"]]:
            yield f"{name(cluster)}: no Secret '{owner['secret']['name']}' has the user '{owner['owner']}'"


def _found(file, pattern):
    return re.search(pattern, (REPOSITORY / file).read_text())[1]


def _subscriptions(api):
    """The sessions of the consumers of events, which need none with RabbitMQ."""
    variables = {variable["name"] for container in api["spec"]["template"]["spec"]["containers"] for variable in container.get("env", [])}
    return 0 if "RABBITMQ_URL" in variables else sum(SUBSCRIPTIONS.get(variable, 0) for variable in variables)


# Sessions of a pod that are not in its pool: the one that follows the simulation, and the one of the relay. READ_DATABASE_URL adds
# the one of the heartbeats.
BESIDE_POOL = 2
# And those of the subscriptions that a setting begins: docs/communication.md.
SUBSCRIPTIONS = {"EMAIL_URL": 2, "SEARCH_URL": 2, "ANALYTICS_URL": 6, "REPORT_URL": 1, "PAYMENT_URL": 1, "REDIS_URL": 1}

RULES = [observed, own_login, within_connections, durable]
