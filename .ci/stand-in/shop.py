"""Stands in for the API, for Prometheus and for Discord. Files in its folder simulate failures: with "broken", each purchase
fails; "denials" contains how many purchases are denied first; with "unscraped", Prometheus does not know the pod; with "slow",
reading concerts takes long."""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FOLDER = Path(sys.argv[1])
CONCERTS, PURCHASES = [], {}


class Shop(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self):
        if self.path.startswith("/v1/concerts"):
            if (FOLDER / "slow").exists():
                time.sleep(15)
            # Two pages, so that a client must read the second one.
            if "after=" in self.path:
                return self.answer(200, {"items": CONCERTS, "next": None})
            return self.answer(200, {"items": [], "next": "x"})
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
            if self.headers["Authorization"] != "Bearer token":
                return self.answer(401, {"code": "unauthorized"})
            CONCERTS.append({"id": "c1", "title": json.loads(body)["title"]})
            return self.answer(201, CONCERTS[0])
        if self.path.endswith("/cancellation"):
            return self.answer(200, {"id": "p1", "status": "CANCELLED"})
        denials = FOLDER / "denials"
        left = int(denials.read_text()) if denials.exists() else 0
        if left:
            denials.write_text(str(left - 1))
            return self.answer(409, {"code": "simulated-denial"})
        if (FOLDER / "broken").exists():
            return self.answer(409, {"code": "sold-out"})
        key = self.headers["Idempotency-Key"]
        PURCHASES.setdefault(key, f"p{len(PURCHASES)}")
        self.answer(201, {"id": PURCHASES[key], "ticketIds": ["t1"]})


server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
(FOLDER / "address").write_text(f"127.0.0.1:{server.server_port}")
server.serve_forever()
