"""Stands in for Azure's sign-in, so that Terraform's real providers can plan without a subscription. Azure has nothing here yet.

    sign-in.py FOLDER

It is an HTTPS proxy that answers for every host, with a certificate that it creates in FOLDER. It sends no request itself.
FOLDER/environment has the variables that a client needs.
"""

import base64
import http.server
import json
import pathlib
import ssl
import subprocess
import sys

HOSTS = ["management.azure.com", "login.microsoftonline.com"]
TENANT = "22222222-2222-2222-2222-222222222222"
CLIENT = "33333333-3333-3333-3333-333333333333"
SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"


def make_certificate(folder):
    names = ",".join(f"DNS:{host}" for host in HOSTS)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=stand-in",
         "-addext", f"subjectAltName={names}", "-keyout", folder / "key.pem", "-out", folder / "ca.pem"],
        check=True, capture_output=True)


def token():
    claims = {"tid": TENANT, "oid": CLIENT, "appid": CLIENT, "aud": "https://management.azure.com", "exp": 4102444800}
    encode = lambda part: base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
    return f'{encode({"alg": "none"})}.{encode(claims)}.x'


class SignIn(http.server.BaseHTTPRequestHandler):
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

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.partition("?")[0]
        root = f"https://login.microsoftonline.com/{TENANT}"
        if path.endswith("/token"):
            self.reply(200, {"access_token": token(), "token_type": "Bearer", "expires_in": 86000})
        elif self.headers.get("Host", "").startswith("login."):
            self.reply(200, {"issuer": f"{root}/v2.0", "token_endpoint": f"{root}/oauth2/v2.0/token",
                             "authorization_endpoint": f"{root}/oauth2/v2.0/authorize", "tenant_discovery_endpoint": root, "metadata": []})
        elif path == f"/subscriptions/{SUBSCRIPTION}":
            self.reply(200, {"id": path, "subscriptionId": SUBSCRIPTION, "tenantId": TENANT, "state": "Enabled"})
        else:
            self.reply(404, {"error": {"code": "ResourceNotFound", "message": f"there is no {path}"}})

    do_GET = do_POST = answer

    def reply(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


folder = pathlib.Path(sys.argv[1]).resolve()
make_certificate(folder)
SignIn.folder = folder
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), SignIn)
proxy = f"http://127.0.0.1:{server.server_port}"
settings = {
    "HTTPS_PROXY": proxy, "https_proxy": proxy, "NO_PROXY": "", "no_proxy": "", "SSL_CERT_FILE": folder / "ca.pem",
    "ARM_TENANT_ID": TENANT, "ARM_CLIENT_ID": CLIENT, "ARM_CLIENT_SECRET": "of-the-stand-in", "ARM_USE_CLI": "false",
    "ARM_SUBSCRIPTION_ID": SUBSCRIPTION,
}
(folder / "environment").write_text("".join(f"export {name}={value}\n" for name, value in settings.items()))
server.serve_forever()
