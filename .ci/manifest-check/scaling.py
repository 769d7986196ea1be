"""Our own rules about KEDA's autoscalers. Each is a function as in rules.py."""

import zoneinfo

from rules import name, of_kind


def scaled_by_keda(objects, overlay):
    """A Deployment has one autoscaler, which CPU moves too: a sale needs pods also when the other trigger asks for none."""
    deployments = {thing["metadata"]["name"]: thing for thing in of_kind(objects, "Deployment")}
    scalers = [thing["spec"]["scaleTargetRef"]["name"] for thing in of_kind(objects, "HorizontalPodAutoscaler")]
    for scaled in of_kind(objects, "ScaledObject"):
        spec = scaled["spec"]
        target = spec["scaleTargetRef"]["name"]
        if "replicas" in deployments.get(target, {"spec": {"replicas": None}})["spec"]:
            yield f"{name(scaled)}: its target does not exist, or has replicas, which an apply would reset"
        if target in scalers:
            yield f"{name(scaled)}: another autoscaler has the same target"
        kept = spec.get("advanced", {}).get("horizontalPodAutoscalerConfig", {}).get("name")
        moved = scaled["metadata"].get("annotations", {}).get("scaledobject.keda.sh/transfer-hpa-ownership")
        if (kept, moved) != (target, "true"):
            yield f"{name(scaled)}: does not take over the autoscaler '{target}', which a deployment leaves in the cluster"
        kinds = {trigger["type"] for trigger in spec["triggers"]}
        if "cpu" not in kinds or not kinds & {"cron", "prometheus"}:
            yield f"{name(scaled)}: needs a trigger cpu, and one of cron or prometheus"


def scaled_before_opening(objects, overlay):
    """Pods start before a sale: more than at other times, and at a time that exists."""
    for scaled in of_kind(objects, "ScaledObject"):
        spec = scaled["spec"]
        least, most = spec["minReplicaCount"], spec["maxReplicaCount"]
        for time in (trigger["metadata"] for trigger in spec["triggers"] if trigger["type"] == "cron"):
            if not least < int(time["desiredReplicas"]) <= most:
                yield f"{name(scaled)}: {time['desiredReplicas']} pods before an opening are not above {least} and at most {most}"
            if time["start"] == time["end"] or any(len(time[key].split()) != 5 for key in ("start", "end")):
                yield f"{name(scaled)}: start and end need five fields each and must differ"
            if time["timezone"] not in zoneinfo.available_timezones():
                yield f"{name(scaled)}: unknown time zone '{time['timezone']}'"


def scaled_by_backlog(objects, overlay):
    """KEDA reaches the Prometheus of the namespace, asks for a metric of the API that all replicas show alike, and errs on the safe side."""
    for scaled in of_kind(objects, "ScaledObject"):
        space = scaled["metadata"].get("namespace")
        for trigger in (trigger for trigger in scaled["spec"]["triggers"] if trigger["type"] == "prometheus"):
            metadata = trigger["metadata"]
            if metadata["serverAddress"] != f"http://prometheus.{space}.svc:9090":
                yield f"{name(scaled)}: asks {metadata['serverAddress']}, which is not the Prometheus of its namespace"
            if not metadata["query"].startswith('max(event_backlog{job="boxoffice"}'):
                yield f"{name(scaled)}: does not ask for the highest backlog"
            if metadata.get("ignoreNullValues") != "false":
                yield f"{name(scaled)}: takes a missing answer for 0, and removes pods"
            if not any(_admits_keda(policy) for policy in of_kind(objects, "NetworkPolicy")):
                yield f"{name(scaled)}: no policy lets KEDA reach Prometheus"


def _admits_keda(policy):
    return policy["spec"]["podSelector"].get("matchLabels") == {"app.kubernetes.io/name": "prometheus"} and any(
        peer.get("namespaceSelector", {}).get("matchLabels") == {"kubernetes.io/metadata.name": "keda"}
        for rule in policy["spec"].get("ingress", []) for peer in rule.get("from", []))


RULES = [scaled_by_keda, scaled_before_opening, scaled_by_backlog]
