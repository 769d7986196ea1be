"""Stands in for the API, for Prometheus and for Discord. Files in its folder simulate failures: with "broken", each purchase
fails; "denials" contains how many purchases are denied first; with "unscraped", Prometheus does not know the pod; with "slow",
buying takes long; with "stranger", other clients buy each ticket of the concerts that exist when a check starts. The file
"on-sale" contains the titles of the concerts that are on sale. The file "address" names the port for plain HTTP, as a tunnel has it,
and "host" the one of the gateway, which has TLS with the certificate of tls.pem."""

import json
import os
import ssl
import sys
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FOLDER = Path(sys.argv[1])
TOKEN = os.environ.get("SHOP_TOKEN", "token")
CONCERTS, PURCHASES = {}, {}


class Shop(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def keep(self):
        (FOLDER / "on-sale").write_text("".join(concert["title"] + "\n" for concert in CONCERTS.values() if concert["open"]))

    def operate(self, change):
        """A change by an operator of the concert that the path names."""
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return self.answer(401, {"code": "unauthorized"})
        status, answer = change(self.path.rsplit("/", 1)[1])
        self.keep()
        self.answer(status, answer)

    def do_DELETE(self):
        self.operate(lambda name: (409, {"code": "concert-has-sales"}) if CONCERTS[name]["sold"] else (204, CONCERTS.pop(name)))

    def do_PATCH(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))

        def close(name):
            CONCERTS[name]["open"] = body["salesCloseAt"] > "2026"
            return 200, CONCERTS[name]

        self.operate(close)

    def do_GET(self):
        # As the API lists them: in two pages, so that a client must read the second one.
        if self.path.startswith("/v1/concerts"):
            items = [concert for concert in CONCERTS.values() if concert["open"]]
            return self.answer(200, {"items": items} if "after=" in self.path else {"items": [], "next": "x"})
        if self.path.startswith("/health") and (FOLDER / "stranger").exists():
            for concert in CONCERTS.values():
                concert["soldOut"] = True
        self.answer(200, {})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/api/v1/query":
            up = [] if (FOLDER / "unscraped").exists() else [{"metric": {"instance": "pod-1"}}]
            return self.answer(200, {"data": {"result": up}})
        if self.path == "/discord":
            embed = json.loads(body)["embeds"][0]
            fits = len(embed["title"]) <= 256 and len(embed["description"]) <= 4096
            if fits:
                (FOLDER / "message").write_text(embed["title"] + "\n" + embed["description"])
            return self.answer(204 if fits else 400, {})
        if self.path == "/v1/concerts":
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                return self.answer(401, {"code": "unauthorized"})
            concert = {"id": f"c{uuid.uuid4()}", "title": json.loads(body)["title"], "open": True, "sold": False}
            CONCERTS[concert["id"]] = concert
            self.keep()
            return self.answer(201, concert)
        if self.path.endswith("/cancellation"):
            return self.answer(200, {"id": "p1", "status": "CANCELLED"})
        if (FOLDER / "slow").exists():
            time.sleep(15)
        denials = FOLDER / "denials"
        left = int(denials.read_text()) if denials.exists() else 0
        if left:
            denials.write_text(str(left - 1))
            return self.answer(409, {"code": "simulated-denial"})
        concert = CONCERTS[self.path.split("/")[3]]
        if (FOLDER / "broken").exists() or concert.get("soldOut"):
            return self.answer(409, {"code": "sold-out"})
        concert["sold"] = True
        key = self.headers["Idempotency-Key"]
        PURCHASES.setdefault(key, f"p{len(PURCHASES)}")
        self.answer(201, {"id": PURCHASES[key], "ticketIds": ["t1"]})


class Gateway(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A client that does not know the authority ends the connection, which is no fault of the stand-in."""
        if not isinstance(sys.exception(), ssl.SSLError):
            super().handle_error(request, client_address)


gateway = Gateway(("127.0.0.1", 0), Shop)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(FOLDER / "tls.pem")
gateway.socket = context.wrap_socket(gateway.socket, server_side=True, do_handshake_on_connect=False)
threading.Thread(target=gateway.serve_forever, daemon=True).start()
(FOLDER / "host").write_text(f"localhost:{gateway.server_port}")
server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
(FOLDER / "address").write_text(f"127.0.0.1:{server.server_port}")
server.serve_forever()
