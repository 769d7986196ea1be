"""Prints a configuration of Envoy for .ci/rolling: the route of the API in an overlay, by plain HTTP for every host. As in a cluster, a
pod that is not ready gets no new request.
    rolling.py OVERLAY.yaml PORT PORT_OF_REPLICA..."""

import json
import sys
from pathlib import Path

import yaml

from translate import envoy

objects = [thing for thing in yaml.load_all(Path(sys.argv[1]).read_text(), yaml.CSafeLoader) if thing]
(route,) = (thing for thing in objects if (thing["kind"], thing["metadata"]["name"]) == ("HTTPRoute", "boxoffice"))
gateway = {"spec": {"listeners": [{"name": "https", "protocol": "HTTP", "hostname": "*"}]}}
port, *replicas = map(int, sys.argv[2:])
configuration = envoy(gateway, [route], {"https": port}, {"boxoffice:8080": replicas}, None)
configuration["static_resources"]["clusters"][0].update(
    common_lb_config={"healthy_panic_threshold": {"value": 0}},
    health_checks=[{
        "timeout": "1s", "interval": "0.5s", "no_traffic_interval": "0.5s", "healthy_threshold": 1, "unhealthy_threshold": 1,
        "http_health_check": {"path": "/health?type=ready"}}])
print(json.dumps(configuration))
