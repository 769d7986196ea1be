"""Damages the overlays with optional components, as damage.py does with a whole environment."""

import base64

import database
import network
import rules
import scaling
from damage import API, container, dropping, in_settings, setting, without

TO_MAIL, TO_PROVIDER, TO_REDIS = (
    "NetworkPolicy boxoffice-to-" + target for target in ("mail", "openid-connect", "redis"))
TO = ("spec", "egress", 0, "to")
BLOCK = (*TO, 0, "ipBlock")
PORT = ("spec", "egress", 0, "ports", 0, "port")
REDIS = "Deployment redis"
RABBITMQ = "StatefulSet rabbitmq"
OF_RABBITMQ = "NetworkPolicy rabbitmq"
PARTNER = "Deployment payment-partner"
TO_PARTNER = "NetworkPolicy boxoffice-to-payment-partner"
OF_PARTNER = "NetworkPolicy payment-partner"
OF_REPORTS = "NetworkPolicy report-partner"


def variable(named, name):
    return next(known for known in container(named[API])["env"] if known["name"] == name)


def misspelt(name):
    def harm(named, _):
        variable(named, name)["valueFrom"]["secretKeyRef"]["key"] = "NONE"
    return harm


def literal(name, value):
    def harm(named, _):
        known = variable(named, name)
        del known["valueFrom"]
        known["value"] = value
    return harm


def in_secret(key, value):
    def harm(_, objects):
        secret = next(thing for thing in objects if thing["kind"] == "Secret" and key in thing["data"])
        secret["data"][key] = base64.b64encode(value.encode()).decode()
    return harm


def without_items(volume):
    def harm(named, _):
        volumes = named["Deployment grafana"]["spec"]["template"]["spec"]["volumes"]
        next(known for known in volumes if known["name"] == volume)["configMap"]["items"].pop()
    return harm


# Of dev with every optional component, and of local with a Redis, a RabbitMQ or partners.
OPTIONAL = [
    (network.fenced, "mails that no policy allows", without(TO_MAIL)),
    (network.fenced, "an identity provider that no policy allows", without(TO_PROVIDER)),
    (network.fenced, "a Redis that no policy allows", without(TO_REDIS)),
    (network.fenced, "mails from server to server", setting((TO_MAIL, *PORT), 25)),
    (network.fenced, "a Redis at any address", dropping((TO_REDIS, *TO))),
    (network.public_only, "mails to private networks", dropping((TO_MAIL, *BLOCK, "except"))),
    (network.public_only, "an identity provider among the node's own services", dropping((TO_PROVIDER, *BLOCK, "except", 2))),
    (rules.as_terraform_says, "a Redis in the database's subnet", setting((TO_REDIS, *BLOCK, "cidr"), "10.40.16.0/28")),
    (rules.references, "a mail server's address that does not exist", misspelt("SMTP_URL")),
    (rules.references, "a client's secret that does not exist", misspelt("OIDC_CLIENT_SECRET")),
    (rules.references, "a secret of callbacks that does not exist", misspelt("PAYMENT_CALLBACK_SECRET")),
    (rules.without_secrets, "a payment token in a manifest", literal("PAYMENT_TOKEN", "x")),
    (rules.references, "a URL of Redis that does not exist", misspelt("REDIS_URL")),
    (rules.without_secrets, "the password of a mail server in the settings", in_settings(SMTP_URL="smtps://a:b@smtp.example.com")),
    (rules.without_secrets, "the key of Redis in a manifest", literal("REDIS_URL", "rediss://:key@redis.example.com:10000")),
]
REDIS_ON_A_LAPTOP = [
    (network.redis_alone, "a Redis that any pod reaches", dropping(("NetworkPolicy redis", "spec", "ingress", 0, "from"))),
    (network.redis_alone, "a Redis without a policy", without("NetworkPolicy redis")),
    (network.redis_alone, "a Redis on a disk", setting(
        (REDIS, "spec", "template", "spec", "volumes"), [{"name": "data", "emptyDir": {}}])),
    (network.fenced, "a Redis that no policy allows", without(TO_REDIS)),
    (rules.without_secrets, "a real password of Redis", in_secret("REDIS_PASSWORD", "x")),
    (rules.without_secrets, "a real password in the URL of Redis", in_secret("REDIS_URL", "redis://:x@redis:6379")),
]
RABBITMQ_ON_A_LAPTOP = [
    (network.rabbitmq_alone, "a RabbitMQ that any pod reaches", dropping((OF_RABBITMQ, "spec", "ingress", 0, "from"))),
    (network.rabbitmq_alone, "nodes that any pod joins", dropping((OF_RABBITMQ, "spec", "ingress", 1, "from"))),
    (network.rabbitmq_alone, "a RabbitMQ whose metrics any pod reads", dropping((OF_RABBITMQ, "spec", "ingress", 2, "from"))),
    (network.rabbitmq_alone, "a RabbitMQ that connects to any pod", dropping((OF_RABBITMQ, *TO))),
    (network.rabbitmq_alone, "a RabbitMQ without a policy", without(OF_RABBITMQ)),
    (network.rabbitmq_alone, "one node of RabbitMQ", setting((RABBITMQ, "spec", "replicas"), 1)),
    (network.rabbitmq_alone, "a RabbitMQ without a disk", dropping((RABBITMQ, "spec", "volumeClaimTemplates"))),
    (network.fenced, "a RabbitMQ that no policy allows", without("NetworkPolicy boxoffice-to-rabbitmq")),
    (rules.references, "a URL of RabbitMQ that does not exist", misspelt("RABBITMQ_URL")),
    (rules.without_secrets, "a real password of RabbitMQ", in_secret("RABBITMQ_PASSWORD", "x")),
    (rules.without_secrets, "a real cookie of RabbitMQ", in_secret("RABBITMQ_COOKIE", "x")),
    (rules.without_secrets, "a real password in the URL of RabbitMQ", in_secret("RABBITMQ_URL", "amqp://boxoffice:x@rabbitmq")),
]
LOGS_ON_A_LAPTOP = [
    (network.logs_alone, "a store of logs that any pod reaches", dropping(("NetworkPolicy victoria-logs", "spec", "ingress", 0, "from"))),
    (network.logs_alone, "a store of logs without a policy", without("NetworkPolicy victoria-logs")),
    (network.logs_alone, "a store of logs without a disk", dropping(("StatefulSet victoria-logs", "spec", "volumeClaimTemplates"))),
    (network.logs_alone, "lines that go to any pod", dropping(("NetworkPolicy alloy", "spec", "egress", 0, "to"))),
    (network.logs_alone, "an Alloy that reads Secrets", setting(("Role alloy", "rules", 0, "resources"), ["pods", "secrets"])),
    (network.logs_alone, "a Grafana that no policy lets read lines", without("NetworkPolicy grafana-to-logs")),
    (network.logs_alone, "a Grafana that does not know the store", without_items("provisioning")),
    (network.logs_alone, "two Alloys", setting(("Deployment alloy", "spec", "replicas"), 2)),
]
CLUSTER = "Cluster postgres"
OF_CLUSTER = "NetworkPolicy postgres-cluster"
STANDBYS_ON_A_LAPTOP = [
    (database.durable, "one standby", setting((CLUSTER, "spec", "instances"), 2)),
    (database.durable, "commits that wait for no standby", dropping((CLUSTER, "spec", "postgresql", "synchronous"))),
    (database.durable, "commits that stop waiting", setting((CLUSTER, "spec", "postgresql", "synchronous", "dataDurability"), "preferred")),
    (database.durable, "another owner than the Secret's", setting((CLUSTER, "spec", "bootstrap", "initdb", "owner"), "other")),
    (network.cluster_alone, "servers that any pod reaches", dropping((OF_CLUSTER, "spec", "ingress", 0, "from"))),
    (network.cluster_alone, "servers whose state any pod reads", dropping((OF_CLUSTER, "spec", "ingress", 1, "from"))),
    (network.cluster_alone, "servers without a policy", without(OF_CLUSTER)),
    (network.fenced, "a policy for another cluster", setting((OF_CLUSTER, "spec", "podSelector", "matchLabels", "cnpg.io/cluster"), "other")),
    (rules.without_secrets, "a real password of the owner", in_secret("password", "x")),
]
SCALED = "ScaledObject boxoffice"
BACKLOG = (SCALED, "spec", "triggers", 0, "metadata")
BY_BACKLOG = [
    (scaling.scaled_by_keda, "no CPU", dropping((SCALED, "spec", "triggers", 1))),
    (scaling.scaled_by_keda, "no backlog", dropping((SCALED, "spec", "triggers", 0))),
    (scaling.scaled_by_keda, "another target", setting((SCALED, "spec", "scaleTargetRef", "name"), "grafana")),
    (scaling.scaled_by_backlog, "a Prometheus of another namespace", setting((*BACKLOG, "serverAddress"), "http://prometheus:9090")),
    (scaling.scaled_by_backlog, "a backlog that each replica adds", setting((*BACKLOG, "query"), "sum(event_backlog)")),
    (scaling.scaled_by_backlog, "a missing answer that counts as 0", dropping((*BACKLOG, "ignoreNullValues"))),
    (scaling.scaled_by_backlog, "a KEDA that no policy admits", without("NetworkPolicy keda-to-prometheus")),
]
PAYMENT_ON_A_LAPTOP = [
    (network.partners_alone, "a payment partner that any pod reaches", dropping((OF_PARTNER, "spec", "ingress", 0, "from"))),
    (network.partners_alone, "a payment partner without a policy", without(OF_PARTNER)),
    (network.partners_alone, "a payment partner whose metrics any pod reads", dropping((OF_PARTNER, "spec", "ingress", 1, "from"))),
    (network.partners_alone, "callbacks to any pod", dropping((OF_PARTNER, *TO))),
    (network.partners_alone, "two payment partners", setting((PARTNER, "spec", "replicas"), 2)),
    (network.partners_alone, "a report partner that any pod reaches", dropping((OF_REPORTS, "spec", "ingress", 0, "from"))),
    (network.partners_alone, "an email partner without a policy", without("NetworkPolicy email-partner")),
    (network.partners_alone, "reports from any pod", dropping((OF_REPORTS, "spec", "egress", 1, "to"))),
    (network.partners_alone, "two search partners", setting(("Deployment search-partner", "spec", "replicas"), 2)),
    (network.partners_alone, "a new payment partner beside the old one", setting((PARTNER, "spec", "strategy", "type"), "RollingUpdate")),
    (network.partners_alone, "a payment partner that no policy allows", without(TO_PARTNER)),
    (network.partners_alone, "an email partner that no policy allows", without("NetworkPolicy boxoffice-to-email-partner")),
    (rules.references, "a token of the partners that does not exist", misspelt("PARTNER_TOKEN")),
    (rules.references, "a payment token that does not exist", misspelt("PAYMENT_TOKEN")),
    (rules.without_secrets, "a real payment token", in_secret("PAYMENT_TOKEN", "x")),
    (rules.without_secrets, "a real secret of callbacks", in_secret("PAYMENT_CALLBACK_SECRET", "published-x")),
]
