"""Sends requests through Envoy with the routes of a rendered overlay, to stand-ins for the API and for the pod of a challenge.
A damaged copy of the routes must be noticed, too.
    check.py ENVOY OVERLAY.yaml FOLDER"""

import collections
import contextlib
import copy
import json
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml

from translate import envoy

ENVOY, OVERLAY, FOLDER = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
CHALLENGE = "/.well-known/acme-challenge/a-token"
HSTS = "max-age=31536000"
received = collections.Counter()


class Api(BaseHTTPRequestHandler):
    """Counts what it receives. A purchase is answered, answered with 503, or received and not answered."""
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        received[f"{self.command} {self.path}"] += 1
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/lost":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        body = json.dumps({"for": self.headers.get("X-Forwarded-For"), "proto": self.headers.get("X-Forwarded-Proto")}).encode()
        self.send_response(503 if self.path == "/overloaded" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def stand_in():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def solver_route(gateway, issuer):
    """What cert-manager creates for a challenge: pkg/issuer/acme/http/httproute.go."""
    parents = issuer["spec"]["acme"]["solvers"][0]["http01"]["gatewayHTTPRoute"]["parentRefs"]
    return {"spec": {"parentRefs": parents, "hostnames": [gateway["spec"]["listeners"][0]["hostname"]], "rules": [{
        "matches": [{"path": {"type": "Exact", "value": CHALLENGE}}], "backendRefs": [{"name": "solver", "port": 8089}]}]}}


@contextlib.contextmanager
def running(configuration, ports):
    file = FOLDER / "envoy.json"
    file.write_text(json.dumps(configuration))
    with (FOLDER / "envoy.log").open("w") as log:
        process = subprocess.Popen(
            [ENVOY, "--config-path", file, "--concurrency", "1", "--disable-hot-restart", "--log-level", "error"], stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + 60
            while any(socket.socket().connect_ex(("127.0.0.1", port)) for port in ports.values()):
                if process.poll() is not None or time.monotonic() > deadline:
                    sys.exit(f"gateway: Envoy does not start:\n{(FOLDER / 'envoy.log').read_text()}")
                time.sleep(0.1)
            yield
        finally:
            process.kill()
            process.wait()


class Client:
    """A client outside the cluster, for which the host has this machine's address."""

    def __init__(self, host, ports):
        self.host, self.ports = host, ports

    def __call__(self, scheme, path, *arguments, host=None):
        host, port = host or self.host, {"http": self.ports["http"], "https": self.ports["https"]}[scheme]
        ended = subprocess.run(
            ["curl", "--silent", "--max-time", "20", "--cacert", str(FOLDER / "ca.pem"), "--connect-to", f"{host}::127.0.0.1:{port}",
             "--output", str(FOLDER / "body"),
             "--write-out", "%{http_code} %{http_version} %header{location}|%header{strict-transport-security}",
             *arguments, f"{scheme}://{host}{path}"], capture_output=True, text=True, check=False)
        status, version, rest = ended.stdout.split(" ", 2)
        location, hsts = rest.split("|")
        body = (FOLDER / "body").read_text(errors="replace")
        return {"status": int(status), "version": version, "location": location, "hsts": hsts, "body": body}


def broken_promises(objects, **options):
    """The promises that these objects do not keep."""
    kinds = collections.defaultdict(list)
    for thing in objects:
        kinds[thing["kind"]].append(thing)
    (gateway,) = kinds["Gateway"]
    ports = {one["name"]: free_port() for one in gateway["spec"]["listeners"]}
    # One of two pods has just stopped: its port is closed.
    backends = {"boxoffice:8080": [stand_in(), free_port()], "solver:8089": [stand_in()]}
    routes = kinds["HTTPRoute"] + [solver_route(gateway, kinds["Issuer"][0])]
    received.clear()
    broken = []

    def promise(what, kept):
        if not kept:
            broken.append(what)

    with running(envoy(gateway, routes, ports, backends, str(FOLDER / "tls.pem"), **options), ports):
        call = Client(gateway["spec"]["listeners"][0]["hostname"], ports)
        answer = call("http", "/v1/concerts?limit=2")
        promise("plain HTTP is redirected for good, to the same path", (answer["status"], answer["location"]) == (
            301, f"https://{call.host}/v1/concerts?limit=2"))
        promise("a purchase by plain HTTP is redirected", call("http", "/bought", "--data", "{}")["status"] == 301)
        promise("no request by plain HTTP reaches the API", not received)
        promise("a challenge is answered by plain HTTP", call("http", CHALLENGE)["status"] == 200)
        promise("the path of another challenge is redirected", call("http", CHALLENGE + "2")["status"] == 301)

        answer = call("https", "/v1/concerts", "--header", "X-Forwarded-For: 203.0.113.9")
        promise("HTTPS is answered, by HTTP/2", (answer["status"], answer["version"]) == (200, "2"))
        promise("an answer by HTTPS sets HSTS", answer["hsts"] == HSTS)
        promise("an error by HTTPS sets HSTS", call("https", "/overloaded")["hsts"] == HSTS)
        sent = json.loads(answer["body"] or "{}") if answer["status"] == 200 else {}
        written, *seen = (sent.get("for") or "").split(",")
        promise("the gateway adds the address that it saw after what the client wrote", (written, len(seen)) == ("203.0.113.9", 1))
        promise("the API knows that the client used HTTPS", sent.get("proto") == "https")
        promise("another host gets no answer", call("https", "/v1/concerts", host="other.example.com")["status"] == 0)

        for _ in range(10):
            call("https", "/bought", "--data", "{}")
        promise("a purchase reaches a pod although another one stopped, once", received["POST /bought"] == 10)
        call("https", "/lost", "--data", "{}")
        promise("a purchase whose answer is lost is not sent again", received["POST /lost"] == 1)
        call("https", "/overloaded", "--data", "{}")
        promise("a purchase that is rejected with 503 is not sent again", received["POST /overloaded"] == 1)
    return broken


def changed(objects, kind, name, change):
    damaged = copy.deepcopy(objects)
    change(next(thing for thing in damaged if (thing["kind"], thing["metadata"]["name"]) == (kind, name))["spec"])
    return damaged


def main():
    objects = [thing for thing in yaml.load_all(OVERLAY.read_text(), yaml.CSafeLoader) if thing]
    found = broken_promises(objects)
    controls = (
        ("an answer by HTTPS sets HSTS", changed(objects, "HTTPRoute", "boxoffice", lambda spec: spec["rules"][0].pop("filters")), {}),
        ("plain HTTP is redirected for good, to the same path", changed(
            objects, "HTTPRoute", "boxoffice-to-https",
            lambda spec: spec["rules"][0]["filters"][0]["requestRedirect"].update(statusCode=302)), {}),
        ("no request by plain HTTP reaches the API", changed(
            objects, "HTTPRoute", "boxoffice-to-https", lambda spec: spec["rules"][0].update(
                filters=[], backendRefs=[{"name": "boxoffice", "port": 8080}])), {}),
        ("a challenge is answered by plain HTTP", changed(
            objects, "Issuer", "letsencrypt",
            lambda spec: spec["acme"]["solvers"][0]["http01"]["gatewayHTTPRoute"]["parentRefs"][0].update(sectionName="https")), {}),
        ("a purchase whose answer is lost is not sent again", objects, {"retries": "5xx"}),
        ("a purchase reaches a pod although another one stopped, once", objects, {"retries": "refused-stream"}),
    )
    for expected, damaged, options in controls:
        if expected not in broken_promises(damaged, **options):
            found.append(f"not noticed when broken: {expected}")
    if found:
        sys.exit("gateway: broken promises:\n  " + "\n  ".join(found))
    print(f"gateway: Envoy keeps every promise with the routes of {OVERLAY.stem}; {len(controls)} faults are noticed")


main()
