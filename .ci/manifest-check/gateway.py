"""Our rules for what clients outside the cluster can reach. As in rules.py, each gives sentences about the faults of an overlay."""

import ipaddress
import re
from pathlib import Path

import yaml

from rules import DEV, LAPTOP, name, of_kind

ROOT = Path(__file__).parents[2]
PORTS = {"HTTPS": 443, "HTTP": 80}
YEAR = 365 * 24 * 3600
# Envoy's default for idle connections to a service. AKS offers no setting for it.
GATEWAY_IDLE = 3600
LABEL = "gateway.networking.k8s.io/gateway-name"
GATEWAY_PEER = {
    "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "boxoffice-gateway"}},
    "podSelector": {"matchLabels": {LABEL: "boxoffice"}},
}
STRESS_PEER = {"podSelector": {"matchLabels": {"app.kubernetes.io/name": "boxoffice-stress"}}}
# What AKS and cert-manager create in the gateway's namespace.
CREATED_PODS = ({LABEL: "boxoffice"}, {"acme.cert-manager.io/http01-solver": "true"})


def public(overlay):
    return overlay not in LAPTOP


def gateways(objects):
    """Each gateway with its listeners, by protocol."""
    return [(thing, {one["protocol"]: one for one in thing["spec"]["listeners"]}) for thing in of_kind(objects, "Gateway")]


def routes(objects, gateway, listener):
    """The routes of a listener. A route that names no listener belongs to all of them."""
    for route in of_kind(objects, "HTTPRoute"):
        for parent in route["spec"].get("parentRefs", []):
            namespace = parent.get("namespace", route["metadata"]["namespace"])
            if (parent["name"], namespace) == (gateway["metadata"]["name"], gateway["metadata"]["namespace"]):
                if parent.get("sectionName", listener["name"]) == listener["name"]:
                    yield route


def filters(rule, kind, field):
    return [one[field] for one in rule.get("filters", []) if one["type"] == kind]


def one_way_in(objects, overlay):
    """Clients outside the cluster reach the gateway only, and it has one listener for each protocol."""
    if len(of_kind(objects, "Gateway")) != public(overlay):
        yield f"needs {int(public(overlay))} Gateway"
    for service in of_kind(objects, "Service"):
        if service["spec"].get("type", "ClusterIP") != "ClusterIP":
            yield f"{name(service)}: opens its pods to the outside, past the gateway"
    for thing, listeners in gateways(objects):
        if {protocol: one["port"] for protocol, one in listeners.items()} != PORTS or len(thing["spec"]["listeners"]) != 2:
            yield f"{name(thing)}: needs one listener for HTTPS on 443 and one for HTTP on 80"
        annotations = thing["spec"].get("infrastructure", {}).get("annotations", {})
        for port in PORTS.values():
            if annotations.get(f"service.beta.kubernetes.io/port_{port}_health-probe_protocol") != "tcp":
                yield f"{name(thing)}: Azure's load balancer needs a TCP probe for port {port}; by default it requests GET /"


def certified(objects, overlay):
    """The certificate of the HTTPS listener is for its host, and its challenges use the HTTP listener of the same host."""
    certificates = {
        (thing["metadata"]["namespace"], thing["spec"]["secretName"]): thing["spec"] for thing in of_kind(objects, "Certificate")
    }
    issuers = {(thing["metadata"]["namespace"], thing["metadata"]["name"]): thing["spec"] for thing in of_kind(objects, "Issuer")}
    for thing, listeners in gateways(objects):
        namespace, https, http = thing["metadata"]["namespace"], listeners.get("HTTPS", {}), listeners.get("HTTP", {})
        host = https.get("hostname")
        if not host or host.endswith(".invalid") or http.get("hostname") != host:
            yield f"{name(thing)}: its listeners need the shop's host; they have {host} and {http.get('hostname')}"
        tls = https.get("tls", {})
        references = [reference["name"] for reference in tls.get("certificateRefs", [])]
        if tls.get("mode") != "Terminate" or len(references) != 1 or (namespace, references[0]) not in certificates:
            yield f"{name(thing)}: no Certificate of its namespace writes the Secret of its HTTPS listener: {references}"
            continue
        certificate = certificates[namespace, references[0]]
        if certificate["dnsNames"] != [host]:
            yield f"{name(thing)}: the certificate is for {certificate['dnsNames']}, the listener for {host}"
        acme = issuers.get((namespace, certificate["issuerRef"]["name"]), {}).get("acme", {})
        parents = [
            (parent["name"], parent.get("namespace", namespace), parent.get("sectionName"))
            for solver in acme.get("solvers", []) for parent in solver["http01"]["gatewayHTTPRoute"]["parentRefs"]
        ]
        if parents != [(thing["metadata"]["name"], namespace, http.get("name"))]:
            yield f"{name(thing)}: the challenges of the certificate do not use its HTTP listener: {parents}"


def encrypted(objects, overlay):
    """HTTP is redirected only, and each answer by HTTPS asks the client to stay with HTTPS for a year."""
    for thing, listeners in gateways(objects):
        reached = {protocol: list(routes(objects, thing, one)) for protocol, one in listeners.items()}
        for protocol in PORTS:
            if not reached.get(protocol):
                yield f"{name(thing)}: no route uses its listener for {protocol}"
        for route in reached.get("HTTP", []):
            for rule in route["spec"]["rules"]:
                redirects = filters(rule, "RequestRedirect", "requestRedirect")
                if rule.get("backendRefs") or rule.get("matches") or [
                    (redirect.get("scheme"), redirect.get("statusCode") in (301, 308), len(redirect)) for redirect in redirects
                ] != [("https", True, 2)]:
                    yield f"{name(route)}: does not redirect every request of plain HTTP, for good, to the same address by HTTPS"
        for route in reached.get("HTTPS", []):
            for rule in route["spec"]["rules"]:
                headers = {
                    header["name"].lower(): header["value"]
                    for modifier in filters(rule, "ResponseHeaderModifier", "responseHeaderModifier") for header in modifier.get("set", [])
                }
                found = re.fullmatch(r"max-age=(\d+)", headers.get("strict-transport-security", ""))
                if not found or int(found[1]) < YEAR:
                    yield f"{name(route)}: sets no Strict-Transport-Security of a year, for this host alone"


def admitted(objects, overlay):
    """Which pods reach the API's application port, and which policies the gateway's namespace has."""
    if not public(overlay):
        return
    for policy in of_kind(objects, "NetworkPolicy"):
        spec = policy["spec"]
        if policy["metadata"]["namespace"] == "boxoffice-gateway":
            wanted = spec["podSelector"].get("matchLabels", {}).items()
            if not any(wanted <= labels.items() for labels in CREATED_PODS):
                yield f"{name(policy)}: selects no pod of AKS or cert-manager"
        elif spec["podSelector"].get("matchLabels", {}).get("app.kubernetes.io/name") == "boxoffice":
            for rule in spec.get("ingress", []):
                peers = rule.get("from", ["anything"])
                if {port["port"] for port in rule.get("ports", [{"port": "http"}])} - {"admin"} and not all(
                    peer in (GATEWAY_PEER, STRESS_PEER) for peer in peers
                ):
                    yield f"{name(policy)}: opens the application port to more than the gateway: {peers}"
    if not any(
        policy["metadata"]["namespace"] == "boxoffice-gateway" and policy["spec"]["podSelector"] == {}
        and sorted(policy["spec"]["policyTypes"]) == ["Egress", "Ingress"] and not policy["spec"].keys() & {"ingress", "egress"}
        for policy in of_kind(objects, "NetworkPolicy")
    ):
        yield "no policy of the gateway's namespace denies the connections that no other policy allows"


def behind_the_gateway(objects, overlay):
    """The API trusts the gateway's pods, and closes an idle connection later than the gateway."""
    if not public(overlay):
        return
    settings = next(thing["data"] for thing in of_kind(objects, "ConfigMap") if thing["metadata"]["name"].startswith("boxoffice-settings"))
    pods = re.search(r'pod_cidr\s*=\s*"(.*)"', (ROOT / "terraform/modules/aks/main.tf").read_text())[1]
    if ipaddress.ip_network(settings.get("TRUSTED_PROXIES", "0.0.0.0/0")) != ipaddress.ip_network(pods):
        yield f"TRUSTED_PROXIES is not {pods}, the addresses of the cluster's pods in Terraform"
    if int(settings.get("HTTP_IDLE_TIMEOUT", "75s").removesuffix("s")) <= GATEWAY_IDLE:
        yield f"HTTP_IDLE_TIMEOUT is not longer than the gateway's {GATEWAY_IDLE} s"


def spread(objects, overlay):
    """A zone or a node that fails takes one pod of the gateway at most."""
    options = {(thing["metadata"]["namespace"], thing["metadata"]["name"]): thing["data"] for thing in of_kind(objects, "ConfigMap")}
    for thing, _ in gateways(objects):
        reference = thing["spec"].get("infrastructure", {}).get("parametersRef", {})
        data = options.get((thing["metadata"]["namespace"], reference.get("name")), {})
        scaler = yaml.safe_load(data.get("horizontalPodAutoscaler", "{}")).get("spec", {})
        pod = yaml.safe_load(data.get("deployment", "{}")).get("spec", {}).get("template", {}).get("spec", {})
        keys = {
            one["topologyKey"] for one in pod.get("topologySpreadConstraints", [])
            if one["labelSelector"] == {"matchLabels": {LABEL: thing["metadata"]["name"]}}
        }
        if keys != {"topology.kubernetes.io/zone", "kubernetes.io/hostname"}:
            yield f"{name(thing)}: its pods are not spread over zones and nodes"
        least = 2 if overlay in DEV else 3
        if not least <= scaler.get("minReplicas", 0) <= scaler.get("maxReplicas", 0):
            yield f"{name(thing)}: needs {least} replicas or more"


RULES = [one_way_in, certified, encrypted, admitted, behind_the_gateway, spread]
