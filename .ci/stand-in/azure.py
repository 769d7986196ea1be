"""Stands in for Azure and for a cluster's API server, so that Terraform's real providers can be run without either.

    azure.py FOLDER [--port 0]

It is an HTTPS proxy that answers for every host, with a certificate that it creates in FOLDER. It sends no request itself.
FOLDER/environment has the variables that a client needs. FOLDER/objects.json has all stored objects, secrets included, so that
a test can compare. While FOLDER/fail has a line, a write to an address that contains this text fails with 500.
"""

import base64
import http.server
import json
import pathlib
import re
import socketserver
import ssl
import subprocess
import sys
import threading
import uuid

import protobuf

HOSTS = ["management.azure.com", "login.microsoftonline.com", "*.vault.azure.net", "*.hcp.azmk8s.io", "graph.microsoft.com"]
TENANT = "22222222-2222-2222-2222-222222222222"
objects, versions, roles, lock = {}, {}, {}, threading.RLock()


def make_certificate(folder):
    names = ",".join(f"DNS:{host}" for host in HOSTS)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=stand-in",
         "-addext", f"subjectAltName={names}", "-keyout", folder / "key.pem", "-out", folder / "ca.pem"],
        check=True, capture_output=True)


def named(name):
    """An id that is always the same for the same name."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def token():
    claims = {"tid": TENANT, "oid": named("me"), "appid": named("app"), "aud": "https://management.azure.com", "exp": 4102444800}
    encode = lambda part: base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
    return f'{encode({"alg": "none"})}.{encode(claims)}.x'


def merge(old, new):
    for key, value in new.items():
        old[key] = merge(old.get(key) or {}, value) if isinstance(value, dict) else value
    return old


def complete(path, body):
    """What Azure adds to an object of this kind."""
    properties = body.setdefault("properties", {})
    parts = path.split("/")
    kind, name = parts[-2].lower(), parts[-1]
    properties["provisioningState"] = "Succeeded"
    if kind == "userassignedidentities":
        properties.update(principalId=named(path + "p"), clientId=named(path + "c"), tenantId=TENANT)
    elif kind == "publicipaddresses":
        properties["ipAddress"] = "192.0.2.10"
        settings = properties.get("dnsSettings") or {}
        settings["fqdn"] = f'{settings.get("domainNameLabel")}.{body["location"]}.cloudapp.azure.com'
        properties["dnsSettings"] = settings
    elif kind == "vaults":
        properties["vaultUri"] = f"https://{name}.vault.azure.net/"
    elif kind == "flexibleservers":
        properties["fullyQualifiedDomainName"] = f"{name}.postgres.database.azure.com"
        properties["state"] = "Ready"
    elif kind == "roleassignments":
        properties["scope"] = path.rsplit("/providers/", 1)[0]
    elif kind == "workspaces":
        properties["customerId"] = named(path)
    elif kind == "privatednszones":
        soa = {"host": "azureprivatedns.net", "email": "azureprivatedns-host.microsoft.com", "serialNumber": 1,
               "refreshTime": 3600, "retryTime": 300, "expireTime": 2419200, "minimumTtl": 10}
        objects[f"{path}/SOA/@".lower()] = {"id": f"{path}/SOA/@", "name": "@", "properties": {
            "soaRecord": soa, "ttl": 3600, "fqdn": f"{name}."}}
    elif kind == "managedclusters":
        kubelet = f'{"/".join(parts[:5])}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}-agentpool'
        properties.update(
            fqdn=f"{name}.hcp.azmk8s.io", currentKubernetesVersion="1.34.1",
            oidcIssuerProfile={"enabled": True, "issuerURL": "https://issuer.example/"},
            servicePrincipalProfile={"clientId": "msi"},
            identityProfile={"kubeletidentity": {"objectId": named("kubelet"), "clientId": named("kubelet-client"), "resourceId": kubelet}})
        properties.setdefault("kubernetesVersion", "1.34")
        # As .github/scripts/prepare-cluster leaves it, in the words of the API that the provider uses, which lacks the rest.
        properties["ingressProfile"] = {"webAppRouting": {"nginx": {"defaultIngressControllerType": "None"}}}
        body["identity"].update(principalId=named("cluster"), tenantId=TENANT)
        for identity in body["identity"].get("userAssignedIdentities", {}):
            body["identity"]["userAssignedIdentities"][identity] = {"principalId": named("i"), "clientId": named("c")}
    return body


def kubeconfig(name, certificate):
    data = base64.b64encode(certificate).decode()
    text = json.dumps({
        "apiVersion": "v1", "kind": "Config", "current-context": name,
        "clusters": [{"name": name, "cluster": {"server": f"https://{name}.hcp.azmk8s.io:443", "certificate-authority-data": data}}],
        "contexts": [{"name": name, "context": {"cluster": name, "user": "user"}}],
        "users": [{"name": "user", "user": {"exec": {"apiVersion": "client.authentication.k8s.io/v1beta1", "command": "kubelogin"}}}]})
    return base64.b64encode(text.encode()).decode()


class Azure(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder = pathlib.Path()

    def do_CONNECT(self):
        self.send_response(200)
        self.end_headers()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "ca.pem", self.folder / "key.pem")
        self.connection = self.request = context.wrap_socket(self.connection, server_side=True)
        self.setup()

    def log_message(self, *_):
        pass

    def reply(self, status, body=None):
        text = b"" if body is None else json.dumps(body).encode()
        with open(self.folder / "log", "a") as log:
            log.write(f'{self.command} {self.headers.get("Host")}{self.path} {status}\n')
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if status == 202:
            # It is complete; the object itself has its state.
            self.send_header("Location", f'https://{self.headers.get("Host")}{self.path}')
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def missing(self):
        self.reply(404, {"error": {"code": "ResourceNotFound", "message": f"there is no {self.path}"},
                        "kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404})

    def handle_any(self):
        host = self.headers.get("Host", "").split(":")[0]
        length = int(self.headers.get("Content-Length") or 0)
        text = self.rfile.read(length)
        path, _, query = self.path.partition("?")
        with lock:
            fail = self.folder / "fail"
            if self.command in ("PUT", "PATCH", "POST") and fail.exists() and (word := fail.read_text().strip()) and word in path:
                return self.reply(400, {"error": {"code": "StandIn", "message": "a simulated failure"}})
            if host == "login.microsoftonline.com":
                return self.login(path)
            if text.startswith(protobuf.MAGIC):
                body = protobuf.decode(text)
            else:
                body = json.loads(text) if text.strip() else {}
            if host.endswith(".vault.azure.net"):
                self.vault(host, path, body)
            elif host.endswith(".azmk8s.io"):
                self.cluster(path, body)
            else:
                self.manage(path, query, body)
            (self.folder / "objects.json").write_text(json.dumps(objects, indent=1))

    do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = do_HEAD = handle_any

    def login(self, path):
        if path.endswith("/token"):
            return self.reply(200, {"access_token": token(), "token_type": "Bearer", "expires_in": 86000})
        root = f"https://login.microsoftonline.com/{TENANT}"
        return self.reply(200, {"issuer": f"{root}/v2.0", "token_endpoint": f"{root}/oauth2/v2.0/token",
                               "authorization_endpoint": f"{root}/oauth2/v2.0/authorize", "tenant_discovery_endpoint": root, "metadata": []})

    def vault(self, host, path, body):
        found = re.fullmatch(r"/secrets/([^/]+)/?([^/]*)", path)
        if not found:
            return self.reply(200, {"value": []})
        key = f"{host}/secrets/{found[1]}"
        if self.command == "PUT":
            versions[key] = versions.get(key, 0) + 1
            objects[key] = dict(body, id=f"https://{key}/{versions[key]:032x}", attributes={"enabled": True})
        elif self.command == "PATCH":
            merge(objects[key], body)
        elif self.command == "DELETE":
            return self.reply(200, objects.pop(key, {}))
        return self.reply(200, objects[key]) if key in objects else self.missing()

    def cluster(self, path, body):
        key = f"kubernetes{path}"
        if self.command == "POST":
            key += "/" + body["metadata"]["name"]
            for name, value in (body.pop("stringData", None) or {}).items():
                body.setdefault("data", {})[name] = base64.b64encode(value.encode()).decode()
            body["metadata"].update(uid=named(key), resourceVersion="1", generation=1)
            objects[key] = body
            return self.reply(201, body)
        if key not in objects:
            return self.missing()
        if self.command == "PATCH":
            for operation in body:
                target = objects[key]
                *parents, last = [part.replace("~1", "/") for part in operation["path"].strip("/").split("/")]
                for part in parents:
                    target = target.setdefault(part, {})
                if operation["op"] == "remove":
                    target.pop(last, None)
                else:
                    target[last] = operation["value"]
        if self.command == "DELETE":
            return self.reply(200, objects.pop(key))
        return self.reply(200, objects[key])

    def manage(self, path, query, body):
        key = path.rstrip("/").lower()
        if "/roledefinitions" in key and self.command == "GET":
            name = re.search(r"roleName(?:%20|\+| )eq(?:%20|\+| )(?:%27|')(.+?)(?:%27|')", query)
            title = name[1].replace("%20", " ").replace("+", " ") if name else roles.get(path.split("/")[-1], "role")
            roles[named(title)] = title
            role = {"id": f"/providers/Microsoft.Authorization/roleDefinitions/{named(title)}", "name": named(title),
                    "properties": {"roleName": title, "type": "BuiltInRole", "permissions": [{}], "assignableScopes": ["/"]}}
            return self.reply(200, {"value": [role]} if name else role)
        if key.endswith(("/listclusterusercredential", "/listclusteradmincredential")):
            name = path.split("/")[-2]
            return self.reply(200, {"kubeconfigs": [{"name": "clusterUser", "value": kubeconfig(name, (self.folder / "ca.pem").read_bytes())}]})
        if key.endswith("/sharedkeys"):
            return self.reply(200, {"primarySharedKey": "x", "secondarySharedKey": "y"})
        if re.fullmatch(r"/subscriptions/[^/]+", key):
            return self.reply(200, {"id": key, "subscriptionId": key.split("/")[-1], "tenantId": TENANT, "state": "Enabled"})
        if self.command in ("PUT", "PATCH"):
            kind = key.rsplit("/providers/", 1)[-1]
            status = 201 if "/roleassignments/" in kind else 202 if "/flexibleservers/" in kind else 200
            stored = merge(objects.get(key, {}), body) if self.command == "PATCH" or "/flexibleservers/" in key else body
            objects[key] = complete(path, dict(stored, id=path, name=path.split("/")[-1]))
            return self.reply(status, self.shown(objects[key]))
        if key in objects:
            if self.command == "DELETE":
                for child in [name for name in objects if name.startswith(key)]:
                    del objects[child]
                return self.reply(204)
            return self.reply(200, self.shown(objects[key]))
        if self.command == "GET" and (key.endswith(("/resources", "/vaults")) or key.count("/") % 2 == 1):
            inside = [value for name, value in objects.items() if "/vaults/" in name and name.startswith("/subscriptions")]
            return self.reply(200, {"value": inside if "resources" in key or key.endswith("vaults") else []})
        return self.missing()

    @staticmethod
    def shown(body):
        """Azure does not return a password."""
        return dict(body, properties={name: value for name, value in body["properties"].items() if name != "administratorLoginPassword"})


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 64


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    make_certificate(folder)
    Azure.folder = folder
    server = Server(("127.0.0.1", 0), Azure)
    proxy = f"http://127.0.0.1:{server.server_port}"
    settings = {
        "HTTPS_PROXY": proxy, "https_proxy": proxy, "NO_PROXY": "", "no_proxy": "", "SSL_CERT_FILE": folder / "ca.pem",
        "ARM_TENANT_ID": TENANT, "ARM_CLIENT_ID": named("app"), "ARM_CLIENT_SECRET": "of-the-stand-in", "ARM_USE_CLI": "false",
        "ARM_SUBSCRIPTION_ID": "00000000-0000-0000-0000-000000000000",
    }
    (folder / "environment").write_text("".join(f"export {name}={value}\n" for name, value in settings.items()))
    server.serve_forever()


main()
