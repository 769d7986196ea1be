"""Damages a good overlay in one way for each requirement of the rules, to see that the rules notice."""

import base64
from pathlib import Path

import yaml

import database
import gateway
import network
import rules
import scaling

SCALED_OBJECT = Path(__file__).parents[2] / "kubernetes/components/scale-before-opening/scaled-object.yaml"
API = "Deployment boxoffice"
JOB = "Job boxoffice-migration"
EXPORTER = "Deployment postgres-exporter"


def pod(thing):
    return thing["spec"]["template"]["spec"]


def container(thing):
    return pod(thing)["containers"][0]


def setting(path, value):
    """Sets a value at a path below an object."""
    def harm(named, _):
        *way, last = path
        place = named
        for step in way:
            place = place[step]
        place[last] = value
    return harm


def dropping(path):
    def harm(named, _):
        *way, last = path
        place = named
        for step in way:
            place = place[step]
        del place[last]
    return harm


POD = (API, "spec", "template", "spec")
CONTAINER = (*POD, "containers", 0)
POSTGRES = "NetworkPolicy boxoffice-to-postgres"
ANNOTATIONS = ("Gateway boxoffice", "spec", "infrastructure", "annotations")
AZURE = "service.beta.kubernetes.io/"
HTTPS, HTTP = (("Gateway boxoffice", "spec", "listeners", index) for index in (0, 1))
CERTIFICATE = ("Certificate boxoffice", "spec")
CHALLENGE = ("Issuer letsencrypt", "spec", "acme", "solvers", 0, "http01", "gatewayHTTPRoute", "parentRefs", 0)
SALE, REDIRECT = (("HTTPRoute " + route, "spec") for route in ("boxoffice", "boxoffice-to-https"))
REDIRECT_RULE, SALE_RULE = (*REDIRECT, "rules", 0), (*SALE, "rules", 0)
HSTS = (*SALE_RULE, "filters", 0, "responseHeaderModifier", "set", 0, "value")
TO_API = ("NetworkPolicy boxoffice", "spec", "ingress", 0)
DNS = ("NetworkPolicy boxoffice-to-dns", "spec", "egress", 0)


def secret_in_git(_, objects):
    objects.append({"apiVersion": "v1", "kind": "Secret", "data": {}, "metadata": {"name": "s", "namespace": "boxoffice"}})


def token_in_env(named, _):
    container(named[API]).setdefault("env", []).append({"name": "OPERATOR_TOKEN", "value": "x"})


def unknown_secret(named, _):
    container(named[API])["envFrom"].append({"secretRef": {"name": "unknown"}})


def unknown_key(named, _):
    container(named[JOB])["env"][0]["valueFrom"]["secretKeyRef"]["key"] = "NONE"


def unknown_optional_key(named, _):
    login = next(variable for variable in container(named[JOB])["env"] if variable["name"] == "MONITORING_USER")
    login["valueFrom"]["secretKeyRef"]["key"] = "NONE"


def migration_without(variable):
    def harm(named, _):
        container(named[JOB])["env"] = [known for known in container(named[JOB])["env"] if known["name"] != variable]
    return harm


def login_of(secret):
    """The exporter reads another Secret."""
    return setting((EXPORTER, "spec", "template", "spec", "containers", 0, "envFrom", 0, "secretRef", "name"), secret)


def login_for_the_api(named, _):
    container(named[API])["envFrom"].append({"secretRef": {"name": "postgres-exporter"}})


def without(kind_and_name):
    def harm(_, objects):
        objects[:] = [thing for thing in objects if rules.name(thing) != kind_and_name]
    return harm


def users_in_secrets(exporter, api):
    """Secrets as the overlay for a laptop contains them."""
    def harm(_, objects):
        for secret, key, user in (("postgres-exporter", "DATA_SOURCE_USER", exporter), ("boxoffice-database", "DATABASE_USER", api)):
            objects.append({"kind": "Secret", "metadata": {"name": secret}, "data": {key: base64.b64encode(user.encode()).decode()}})
    return harm


def large_pools(_, objects):
    next(thing for thing in objects if thing["metadata"]["name"].startswith("boxoffice-settings"))["data"].update(
        DATABASE_POOL_SIZE="114")


def setting_that_is_a_secret(_, objects):
    next(thing for thing in objects if thing["kind"] == "ConfigMap")["data"]["OPERATOR_TOKEN"] = "x"


def route_to_admin(_, objects):
    objects.append({
        "kind": "HTTPRoute", "metadata": {"name": "r", "namespace": "boxoffice"},
        "spec": {"rules": [{"backendRefs": [{"name": "boxoffice", "port": 8081}]}]},
    })


def open_egress(_, objects):
    objects.append({
        "kind": "NetworkPolicy", "metadata": {"name": "open", "namespace": "boxoffice"},
        "spec": {"podSelector": {}, "policyTypes": ["Egress"], "egress": [{}]},
    })


def lost_policy(named, _):
    named["NetworkPolicy boxoffice"]["spec"]["podSelector"] = {"matchLabels": {"app.kubernetes.io/name": "unknown"}}


def unlabelled_namespace(_, objects):
    objects.append({"kind": "Namespace", "metadata": {"name": "boxoffice", "labels": {}}})


def in_settings(**values):
    def harm(_, objects):
        next(thing for thing in objects if thing["metadata"]["name"].startswith("boxoffice-settings"))["data"].update(values)
    return harm


def without(name):
    """Removes an object."""
    def harm(_, objects):
        objects[:] = [thing for thing in objects if rules.name(thing) != name]
    return harm


def load_balancer(_, objects):
    objects.append({
        "kind": "Service", "metadata": {"name": "boxoffice-public", "namespace": "boxoffice"},
        "spec": {"type": "LoadBalancer", "selector": {}, "ports": [{"name": "http", "port": 80, "targetPort": "http"}]},
    })


def opening(harm, keep_autoscaler=False):
    """The component's object in place of the autoscaler, with a fault."""
    def harm_all(_, objects):
        if not keep_autoscaler:
            objects[:] = [thing for thing in objects if thing["kind"] != "HorizontalPodAutoscaler"]
        scaled = yaml.safe_load(SCALED_OBJECT.read_text())
        harm(scaled)
        objects.append(scaled)
    return harm_all


def opening_time(**values):
    return opening(lambda scaled: scaled["spec"]["triggers"][0]["metadata"].update(values))


UNKNOWN_FIELD = lambda thing: thing.update(replicaz=1)

DAMAGE = [
    (rules.unprivileged, "a pod without a numeric user", dropping((*POD, "securityContext", "runAsUser"))),
    (rules.unprivileged, "the node's files", setting((*POD, "volumes"), [{"name": "v", "hostPath": {"path": "/"}}])),
    (rules.bounded, "a ConfigMap that kubectl cannot apply", in_settings(LARGE="x" * 250_000)),
    (rules.bounded, "a Job without a deadline", dropping((JOB, "spec", "activeDeadlineSeconds"))),
    (rules.bounded, "a migration that does not wait for a database in the cluster", lambda _, objects: objects.append(
        {"kind": "StatefulSet", "metadata": {"name": "postgres"}})),
    (rules.probed, "no startup probe", dropping((*CONTAINER, "startupProbe"))),
    (rules.probed, "one probe for both", lambda named, _: container(named[API]).update(
        livenessProbe=container(named[API])["readinessProbe"])),
    (rules.released, "a release by its tag", setting((*CONTAINER, "image"), "registry.example/boxoffice:1.0")),
    (rules.released, "an image that the overlay does not replace", setting((*CONTAINER, "image"), "boxoffice")),
    (rules.tokenless, "a token", lambda named, _: (
        pod(named[API]).pop("automountServiceAccountToken"),
        named["ServiceAccount boxoffice"].pop("automountServiceAccountToken"))),
    (rules.without_secrets, "a Secret in git", secret_in_git),
    (rules.without_secrets, "a token in a variable", token_in_env),
    (rules.without_secrets, "a token in a ConfigMap", setting_that_is_a_secret),
    (rules.references, "a Secret that does not exist", unknown_secret),
    (rules.references, "a key that does not exist", unknown_key),
    (rules.references, "an optional key that does not exist", unknown_optional_key),
    (rules.connected, "a Service without pods", setting(("Service boxoffice", "spec", "selector"), {"a": "b"})),
    (rules.connected, "a port without a container", setting(("Service boxoffice", "spec", "ports", 0, "targetPort"), "web")),
    (rules.connected, "a route to the admin port", route_to_admin),
    (network.fenced, "egress to anywhere", open_egress),
    (network.fenced, "an exporter that connects to any address", dropping((POSTGRES, "spec", "egress", 0, "to"))),
    (network.fenced, "an exporter that reaches no database", setting(
        (POSTGRES, "spec", "podSelector", "matchExpressions", 0, "values"), ["boxoffice", "boxoffice-migration"])),
    (network.fenced, "an exporter that reaches PgBouncer", setting((POSTGRES, "spec", "egress", 0, "ports", 0, "port"), 6432)),
    (network.fenced, "no default", without("NetworkPolicy default-deny")),
    (network.fenced, "a policy for no pod", lost_policy),
    (network.resolving, "DNS by pod selector alone", setting((*DNS, "to"), [{
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}},
        "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}}}])),
    (network.resolving, "DNS without TCP", dropping((*DNS, "ports", 1))),
    (rules.available, "a budget that blocks drains", setting(
        ("PodDisruptionBudget boxoffice", "spec"), {"minAvailable": 2, "selector": {}})),
    (rules.available, "replicas beside an autoscaler", setting((API, "spec", "replicas"), 2)),
    (rules.available, "a rollout that takes capacity", setting(
        (API, "spec", "strategy", "rollingUpdate", "maxUnavailable"), 1)),
    (rules.available, "no spreading", dropping((*POD, "topologySpreadConstraints"))),
    (rules.available, "no sleep before the stop", dropping((*CONTAINER, "lifecycle"))),
    (rules.available, "a stop that takes longer than the grace period", in_settings(SHUTDOWN_GRACE="50s")),
    (scaling.scaled_by_keda, "two autoscalers", opening(lambda _: None, keep_autoscaler=True)),
    (scaling.scaled_by_keda, "no target", opening(lambda scaled: scaled["spec"]["scaleTargetRef"].update(name="unknown"))),
    (scaling.scaled_by_keda, "an autoscaler that stays", opening(lambda scaled: scaled["metadata"].pop("annotations"))),
    (scaling.scaled_by_keda, "no CPU", opening(lambda scaled: scaled["spec"]["triggers"].pop(1))),
    (scaling.scaled_by_keda, "no time", opening(lambda scaled: scaled["spec"]["triggers"].pop(0))),
    (scaling.scaled_before_opening, "more pods than the limit", opening_time(desiredReplicas="13")),
    (scaling.scaled_before_opening, "no more pods than always", opening_time(desiredReplicas="3")),
    (scaling.scaled_before_opening, "a date that is no cron expression", opening_time(start="2027-01-31T18:30")),
    (scaling.scaled_before_opening, "an opening without duration", opening_time(end="30 18 31 1 *")),
    (scaling.scaled_before_opening, "an unknown time zone", opening_time(timezone="Europe/Berlín")),
    (rules.placed, "another namespace", setting((API, "metadata", "namespace"), "default")),
    (rules.placed, "no environment", dropping((API, "spec", "template", "metadata", "labels", "boxoffice.io/environment"))),
    (rules.placed, "a namespace without pod security", unlabelled_namespace),
    (rules.as_terraform_says, "another subnet", setting(
        (POSTGRES, "spec", "egress", 0, "to", 0, "ipBlock", "cidr"), "10.0.0.0/8")),
    (database.observed, "no exporter", without(EXPORTER)),
    (database.own_login, "the API's login for the exporter", login_of("boxoffice-database")),
    (database.own_login, "the administrator's login for the exporter", login_of("boxoffice-migration")),
    (database.own_login, "the exporter's login for the API", login_for_the_api),
    (database.own_login, "a role that the migration does not make", migration_without("MONITORING_USER")),
    (database.own_login, "a role without a password", migration_without("MONITORING_PASSWORD")),
    (database.own_login, "one user for the API and the exporter", users_in_secrets("boxoffice", "boxoffice")),
    (database.observed, "an exporter that any pod reaches", dropping(
        ("NetworkPolicy postgres-exporter", "spec", "ingress", 0, "from"))),
    (database.observed, "an exporter without a policy", without("NetworkPolicy postgres-exporter")),
    (database.within_connections, "pools that the database does not accept", large_pools),
    (rules.as_terraform_says, "another address", setting((*ANNOTATIONS, AZURE + "azure-pip-name"), "pip-boxoffice-dev")),
    (rules.as_terraform_says, "an address of no group", dropping((*ANNOTATIONS, AZURE + "azure-load-balancer-resource-group"))),
    (gateway.one_way_in, "no gateway", without("Gateway boxoffice")),
    (gateway.one_way_in, "a load balancer of our own", load_balancer),
    (gateway.one_way_in, "no listener for HTTPS", dropping(HTTPS)),
    (gateway.one_way_in, "a listener on another port", setting((*HTTPS, "port"), 8443)),
    (gateway.one_way_in, "a load balancer that requests GET /", dropping((*ANNOTATIONS, AZURE + "port_443_health-probe_protocol"))),
    (gateway.certified, "no certificate", dropping((*HTTPS, "tls"))),
    (gateway.certified, "a certificate that cert-manager does not write", without("Certificate boxoffice")),
    (gateway.certified, "a certificate in another Secret", setting((*CERTIFICATE, "secretName"), "other")),
    (gateway.certified, "a certificate for another host", setting((*CERTIFICATE, "dnsNames"), ["other.example.com"])),
    (gateway.certified, "a host that the release did not replace", lambda named, _: (
        setting((*HTTPS, "hostname"), "host.invalid")(named, _), setting((*HTTP, "hostname"), "host.invalid")(named, _),
        setting((*CERTIFICATE, "dnsNames"), ["host.invalid"])(named, _))),
    (gateway.certified, "two hosts", setting((*HTTP, "hostname"), "other.example.com")),
    (gateway.certified, "no issuer", without("Issuer letsencrypt")),
    (gateway.certified, "a challenge by HTTPS", setting((*CHALLENGE, "sectionName"), "https")),
    (gateway.encrypted, "a sale by plain HTTP", setting((*SALE, "parentRefs", 0, "sectionName"), "http")),
    (gateway.encrypted, "a sale by both", dropping((*SALE, "parentRefs", 0, "sectionName"))),
    (gateway.encrypted, "no redirect", without("HTTPRoute boxoffice-to-https")),
    (gateway.encrypted, "a redirect that clients do not remember", setting(
        (*REDIRECT_RULE, "filters", 0, "requestRedirect", "statusCode"), 302)),
    (gateway.encrypted, "a redirect to another host", setting(
        (*REDIRECT_RULE, "filters", 0, "requestRedirect", "hostname"), "other.example.com")),
    (gateway.encrypted, "a redirect of one path", setting((*REDIRECT_RULE, "matches"), [{"path": {"value": "/v1"}}])),
    (gateway.encrypted, "no Strict-Transport-Security", dropping((*SALE_RULE, "filters"))),
    (gateway.encrypted, "a Strict-Transport-Security of a day", setting(HSTS, "max-age=86400")),
    (gateway.encrypted, "a Strict-Transport-Security for names of others", setting(HSTS, "max-age=31536000; includeSubDomains")),
    (gateway.admitted, "every client", dropping((*TO_API, "from"))),
    (gateway.admitted, "every pod of the gateway's namespace", dropping((*TO_API, "from", 0, "podSelector"))),
    (gateway.admitted, "a policy for no pod of the gateway's namespace", setting(
        ("NetworkPolicy gateway", "spec", "podSelector"), {"matchLabels": {"app": "other"}})),
    (gateway.admitted, "no default in the gateway's namespace", without("NetworkPolicy gateway-default-deny")),
    (gateway.spread, "no options", dropping(("Gateway boxoffice", "spec", "infrastructure", "parametersRef"))),
    (gateway.spread, "options of another name", without("ConfigMap gateway-options")),
    (gateway.spread, "no spreading", dropping(("ConfigMap gateway-options", "data", "deployment"))),
    (gateway.spread, "two replicas for three zones", setting(
        ("ConfigMap gateway-options", "data", "horizontalPodAutoscaler"), "spec: {minReplicas: 2, maxReplicas: 6}")),
    (gateway.behind_the_gateway, "trust in every address", in_settings(TRUSTED_PROXIES="0.0.0.0/0")),
    (gateway.behind_the_gateway, "a connection that the API closes first", in_settings(HTTP_IDLE_TIMEOUT="75s")),
]
