"""Translates a Gateway and its HTTPRoutes into a configuration of Envoy, which the gateway of AKS runs, too. Only what our routes use,
as the Gateway API defines it; anything else is an error."""

# What Istio 1.24 and newer sets for each route (pilot/pkg/networking/core/route/retry), without any status code to retry on.
ISTIO_RETRIES = "connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes"
TYPE = "type.googleapis.com/envoy."


def typed(kind, **fields):
    return {"@type": TYPE + kind, **fields}


def match(rule):
    """The path of a rule, and how exact it is: an exact path has precedence over each prefix, a long prefix over a short one."""
    path = rule.get("matches", [{}])[0].get("path", {"type": "PathPrefix", "value": "/"})
    if path["type"] == "Exact":
        return {"path": path["value"]}, (1, 0)
    assert path["type"] == "PathPrefix", path
    return {"prefix": path["value"]}, (0, len(path["value"]))


def route(rule, retries):
    result = {"match": match(rule)[0]}
    for one in rule.get("filters", []):
        if one["type"] == "RequestRedirect":
            redirect = one["requestRedirect"]
            assert redirect["scheme"] == "https", redirect
            codes = {301: "MOVED_PERMANENTLY", 302: "FOUND"}
            return {**result, "redirect": {"https_redirect": True, "response_code": codes[redirect["statusCode"]]}}
        assert one["type"] == "ResponseHeaderModifier", one
        result["response_headers_to_add"] = [
            {"header": {"key": header["name"], "value": header["value"]}, "append_action": "OVERWRITE_IF_EXISTS_OR_ADD"}
            for header in one["responseHeaderModifier"]["set"]
        ]
    (backend,) = rule["backendRefs"]
    result["route"] = {
        "cluster": f"{backend['name']}:{backend['port']}", "timeout": "0s",
        "retry_policy": {"retry_on": retries, "num_retries": 2, "host_selection_retry_max_attempts": 5, "retry_host_predicate": [{
            "name": "previous", "typed_config": typed("extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate")}]},
    }
    return result


def listener(one, port, routes, retries, certificate):
    rules = sorted((rule for found in routes for rule in found["spec"]["rules"]), key=lambda rule: match(rule)[1], reverse=True)
    manager = typed(
        "extensions.filters.network.http_connection_manager.v3.HttpConnectionManager", stat_prefix=one["name"], use_remote_address=True,
        http_filters=[{"name": "router", "typed_config": typed("extensions.filters.http.router.v3.Router")}],
        route_config={"virtual_hosts": [{
            "name": one["name"], "domains": [one["hostname"]], "routes": [route(rule, retries) for rule in rules]}]})
    chain = {"filters": [{"name": "http", "typed_config": manager}]}
    result = {
        "name": one["name"], "filter_chains": [chain],
        "address": {"socket_address": {"address": "127.0.0.1", "port_value": port}},
    }
    if one["protocol"] == "HTTPS":
        chain["filter_chain_match"] = {"server_names": [one["hostname"]]}
        chain["transport_socket"] = {"name": "tls", "typed_config": typed(
            "extensions.transport_sockets.tls.v3.DownstreamTlsContext", common_tls_context={
                "alpn_protocols": ["h2", "http/1.1"],
                "tls_certificates": [{"certificate_chain": {"filename": certificate}, "private_key": {"filename": certificate}}]})}
        result["listener_filters"] = [
            {"name": "names", "typed_config": typed("extensions.filters.listener.tls_inspector.v3.TlsInspector")}]
    return result


def cluster(name, ports):
    return {
        "name": name, "type": "STATIC", "connect_timeout": "1s", "load_assignment": {"cluster_name": name, "endpoints": [{
            "lb_endpoints": [
                {"endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": port}}}} for port in ports]}]},
    }


def envoy(gateway, routes, ports, backends, certificate, retries=ISTIO_RETRIES):
    """ports has the local port of each of the gateway's listeners by name, backends those of each backend."""
    def of(name):
        return [one for one in routes if any(parent["sectionName"] == name for parent in one["spec"]["parentRefs"])]
    return {"static_resources": {
        "listeners": [
            listener(one, ports[one["name"]], of(one["name"]), retries, certificate) for one in gateway["spec"]["listeners"]],
        "clusters": [cluster(name, found) for name, found in backends.items()],
    }}
