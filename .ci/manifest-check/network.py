"""Our own rules about connections. Each is a function as in rules.py. gateway.py has those for the gateway's namespace, whose pods no
overlay contains."""

from database import HASH
from rules import LAPTOP, name, of_kind, pods, selects

# What the API may use: the variable that signs it in, its Secret, and the ports. A component adds the variable and a policy.
OPTIONAL = [
    ("SMTP_URL", "boxoffice-mail", {465, 587}),
    ("OIDC_CLIENT_SECRET", "boxoffice-openid-connect", {443}),
    ("PARTNER_TOKEN", "boxoffice-payment", {8090}),
]
# Networks that are not the Internet, and the addresses of the node's own services.
PRIVATE = {"10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"}


def fenced(objects, overlay):
    """Pods of ours connect to what they need, and to nothing else."""
    policies = [policy for policy in of_kind(objects, "NetworkPolicy") if policy["metadata"]["namespace"] == "boxoffice"]
    if not any(
        policy["spec"]["podSelector"] == {} and sorted(policy["spec"]["policyTypes"]) == ["Egress", "Ingress"]
        and "ingress" not in policy["spec"] and "egress" not in policy["spec"] for policy in policies
    ):
        yield "no policy denies the connections that no other policy allows"
    simulated = any(thing["metadata"]["name"] == "payment-partner" for thing, _ in pods(objects))
    for thing, template in pods(objects):
        labels = template["metadata"]["labels"]
        rules = [
            rule for policy in policies if selects(policy["spec"]["podSelector"], labels)
            for rule in policy["spec"].get("egress", [])
        ]
        if labels.get("app.kubernetes.io/name") in ("boxoffice", "boxoffice-migration", "postgres-exporter"):
            ports = {port["port"] for rule in rules for port in rule.get("ports", [{"port": "any"}])}
            wanted = {53, 5432} | _optional_ports(template, overlay, simulated)
            if ports != wanted or not all(rule.get("to") for rule in rules if not _only_dns(rule)):
                yield f"{name(thing)}: may connect to {_list(ports)}, needs {_list(wanted)}, each with its peers"
    for policy in policies:
        if not any(
            selects(policy["spec"]["podSelector"], labels)
            for labels in [template["metadata"]["labels"] for _, template in pods(objects)] + clusters(objects)
        ):
            yield f"{name(policy)}: selects no pod"


def clusters(objects):
    """The labels of the pods that CloudNativePG creates."""
    return [{"cnpg.io/cluster": cluster["metadata"]["name"]} for cluster in of_kind(objects, "Cluster")]


def cluster_alone(objects, overlay):
    """Only clients of the database, the servers themselves and the operator reach the servers of CloudNativePG."""
    operator = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "cnpg-system"}}}
    for labels in clusters(objects):
        own = {"podSelector": {"matchLabels": labels}}
        clients = {"podSelector": {"matchExpressions": [
            {"key": "app.kubernetes.io/name", "operator": "In", "values": ["boxoffice", "boxoffice-migration", "postgres-exporter"]}]}}
        ingress = [
            rule for policy in of_kind(objects, "NetworkPolicy") if selects(policy["spec"]["podSelector"], labels)
            for rule in policy["spec"].get("ingress", [])
        ]
        wanted = [{"from": [clients, own], "ports": [{"port": 5432}]}, {"from": [operator, own], "ports": [{"port": 8000}]}]
        if ingress != wanted:
            yield f"Cluster {labels['cnpg.io/cluster']}: accepts other connections than it needs"


def _optional_ports(template, overlay, simulated):
    found = {
        (variable["name"], HASH.sub("", variable["valueFrom"]["secretKeyRef"]["name"]))
        for container in template["spec"]["containers"] for variable in container.get("env", [])
        if "secretKeyRef" in variable.get("valueFrom", {})
    }
    optional = [
        *OPTIONAL,
        ("REDIS_URL", "boxoffice-redis", {6379 if overlay in LAPTOP else 10000}),
        ("RABBITMQ_URL", "boxoffice-rabbitmq", {5672 if overlay in LAPTOP else 5671}),
        ("PAYMENT_TOKEN", "boxoffice-payment", {8090 if simulated else 443}),
    ]
    return set().union(*(ports for variable, secret, ports in optional if (variable, secret) in found))


def _only_dns(rule):
    return {port.get("port") for port in rule.get("ports", [{}])} == {53}


def _list(ports):
    return ", ".join(sorted(map(str, ports)))


def resolving(objects, overlay):
    """A DNS cache on the node is no pod, and no pod selector or CIDR matches it. So only the port may limit DNS."""
    for policy in of_kind(objects, "NetworkPolicy"):
        for rule in policy["spec"].get("egress", []):
            protocols = {port.get("protocol", "TCP") for port in rule.get("ports", []) if port.get("port") == 53}
            if protocols and rule.get("to"):
                yield f"{name(policy)}: allows DNS to selected peers only, which excludes a DNS cache on the node"
            if protocols and protocols != {"TCP", "UDP"}:
                yield f"{name(policy)}: allows DNS over {', '.join(sorted(protocols))} only"


def public_only(objects, overlay):
    """A policy that does not limit the addresses limits them to public ones."""
    for policy in of_kind(objects, "NetworkPolicy"):
        for rule in policy["spec"].get("egress", []):
            for peer in rule.get("to", []):
                block = peer.get("ipBlock", {})
                if block.get("cidr") == "0.0.0.0/0" and not PRIVATE <= set(block.get("except", [])):
                    yield f"{name(policy)}: allows every address, also of private networks"


def redis_alone(objects, overlay):
    """Only the API reaches the Redis of an overlay, and Redis stores nothing on a disk."""
    api = {"podSelector": {"matchLabels": {"app.kubernetes.io/name": "boxoffice"}}}
    for thing, template in pods(objects):
        labels = template["metadata"]["labels"]
        if labels.get("app.kubernetes.io/name") != "redis":
            continue
        selecting = [
            policy["spec"] for policy in of_kind(objects, "NetworkPolicy")
            if policy["spec"]["podSelector"] and selects(policy["spec"]["podSelector"], labels)
        ]
        if [spec.get("ingress") for spec in selecting] != [[{"from": [api], "ports": [{"port": "redis"}]}]]:
            yield f"{name(thing)}: accepts connections from none, or from others than the API"
        if any(spec.get("egress") for spec in selecting):
            yield f"{name(thing)}: connects to others"
        if "volumeClaimTemplates" in thing["spec"] or any("configMap" not in volume for volume in template["spec"]["volumes"]):
            yield f"{name(thing)}: has a volume that it can write to"


def rabbitmq_alone(objects, overlay):
    """Only the API, the other nodes and, for metrics, Prometheus reach a node of RabbitMQ. It connects to the other nodes only. Each has a
    disk of its own."""
    api, nodes, prometheus = (
        {"podSelector": {"matchLabels": {"app.kubernetes.io/name": app}}} for app in ("boxoffice", "rabbitmq", "prometheus"))
    for thing, template in pods(objects):
        labels = template["metadata"]["labels"]
        if labels.get("app.kubernetes.io/name") != "rabbitmq":
            continue
        selecting = [
            policy["spec"] for policy in of_kind(objects, "NetworkPolicy")
            if policy["spec"]["podSelector"] and selects(policy["spec"]["podSelector"], labels)
        ]
        if [spec.get("ingress") for spec in selecting] != [
            [
                {"from": [api], "ports": [{"port": "amqp"}]},
                {"from": [nodes], "ports": [{"port": "epmd"}, {"port": "nodes"}]},
                {"from": [prometheus], "ports": [{"port": "broker-metrics"}]},
            ]
        ]:
            yield f"{name(thing)}: accepts connections from none, or from others than the API, the other nodes and Prometheus"
        if [rule for spec in selecting for rule in spec.get("egress", [])] != [
            {"to": [nodes], "ports": [{"port": 4369}, {"port": 25672}]}
        ]:
            yield f"{name(thing)}: must connect to the other nodes, and to nothing else"
        if thing["spec"]["replicas"] != 3 or not thing["spec"].get("volumeClaimTemplates"):
            yield f"{name(thing)}: needs three nodes with a disk each, or a queue does not survive the loss of one"


def logs_alone(objects, overlay):
    """Only Alloy and Grafana reach the store of logs, which connects to nothing. Alloy reads the lines of its own namespace, and no Secret.
    Grafana has the store's source and dashboard, and may connect to it."""
    alloy, store, grafana = (
        {"podSelector": {"matchLabels": {"app.kubernetes.io/name": app}}} for app in ("alloy", "victoria-logs", "grafana"))
    stored = any(thing["metadata"]["name"] == "victoria-logs" for thing, _ in pods(objects))
    for thing, template in pods(objects):
        app = template["metadata"]["labels"].get("app.kubernetes.io/name")
        selecting = [
            policy["spec"] for policy in of_kind(objects, "NetworkPolicy")
            if policy["spec"]["podSelector"] and selects(policy["spec"]["podSelector"], template["metadata"]["labels"])
        ]
        ingress = [spec.get("ingress") for spec in selecting]
        egress = [rule for spec in selecting for rule in spec.get("egress", [])]
        if app == "victoria-logs":
            if ingress != [[{"from": [alloy, grafana], "ports": [{"port": "http"}]}]] or egress:
                yield f"{name(thing)}: accepts connections from none, or from others than Alloy and Grafana, or connects to others"
            if not thing["spec"].get("volumeClaimTemplates"):
                yield f"{name(thing)}: loses the lines with its pod"
        elif app == "alloy":
            if any(ingress) or [rule for rule in egress if rule.get("to")] != [{"to": [store], "ports": [{"port": 9428}]}]:
                yield f"{name(thing)}: must connect to the store and to the API of Kubernetes, and to nothing else"
            rights = [role["rules"] for role in of_kind(objects, "Role", "ClusterRole") if role["metadata"]["name"] == "alloy"]
            if rights != [[
                {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "watch"]},
                {"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"]},
            ]]:
                yield f"{name(thing)}: has other rights than to read pods and their lines"
            if thing["spec"]["replicas"] != 1 or thing["spec"]["strategy"]["type"] != "Recreate":
                yield f"{name(thing)}: two would send each line twice"
        elif app == "grafana" and stored:
            if {"to": [store], "ports": [{"port": 9428}]} not in egress:
                yield f"{name(thing)}: no policy lets it read from the store of logs"
            provisioned = [
                item["path"] for volume in template["spec"]["volumes"] for item in volume.get("configMap", {}).get("items", [])
            ]
            if not {"datasources/boxoffice.yaml", "dashboards/boxoffice.yaml", "datasources/logs.yaml", "dashboards/logs.yaml"} <= set(provisioned):
                yield f"{name(thing)}: lacks the source or the dashboard of the store of logs, or its own"


# The partners of partners/, and whether they call the API.
PARTNERS = {
    "payment-partner": True, "report-partner": True, "email-partner": False, "search-partner": False, "analytics-partner": False,
}


def partners_alone(objects, overlay):
    """Only the API and its partners reach each other, Prometheus reads metrics, and one process has each ledger."""
    prometheus = {"podSelector": {"matchLabels": {"app.kubernetes.io/name": "prometheus"}}}
    api = {"podSelector": {"matchLabels": {"app.kubernetes.io/name": "boxoffice"}}}
    allowed = [
        rule for policy in of_kind(objects, "NetworkPolicy") if policy["spec"]["podSelector"] == api["podSelector"]
        for rule in policy["spec"].get("egress", [])
    ]
    for thing, template in pods(objects):
        labels = template["metadata"]["labels"]
        if labels.get("app.kubernetes.io/name") not in PARTNERS:
            continue
        selecting = [
            policy["spec"] for policy in of_kind(objects, "NetworkPolicy")
            if policy["spec"]["podSelector"] and selects(policy["spec"]["podSelector"], labels)
        ]
        if [spec.get("ingress") for spec in selecting] != [
            [{"from": [api], "ports": [{"port": "http"}]}, {"from": [prometheus], "ports": [{"port": "metrics"}]}]
        ]:
            yield f"{name(thing)}: accepts connections from none, or from others than the API and Prometheus"
        needed = [{"to": [api], "ports": [{"port": 8080}]}] if PARTNERS[labels["app.kubernetes.io/name"]] else []
        if [rule for spec in selecting for rule in spec.get("egress", []) if not _only_dns(rule)] != needed:
            yield f"{name(thing)}: must connect to {'the application port of the API, and to nothing else' if needed else 'nothing'}"
        if not any(
            rule.get("ports") == [{"port": 8090}] and any(selects(peer.get("podSelector", {}), labels) for peer in rule.get("to", []))
            for rule in allowed
        ):
            yield f"{name(thing)}: no policy lets the API connect to it"
        if thing["spec"]["replicas"] != 1 or thing["spec"]["strategy"]["type"] != "Recreate":
            yield f"{name(thing)}: two could use one ledger"


RULES = [fenced, resolving, public_only, redis_alone, rabbitmq_alone, logs_alone, partners_alone, cluster_alone]
