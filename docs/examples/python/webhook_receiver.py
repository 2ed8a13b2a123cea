"""Takes webhooks from a SEPSMS Box and believes only those that the box has signed. Standard library only.

    SEPSMS_WEBHOOK_SECRET=whsec_... PORT=8000 python3 webhook_receiver.py
"""

import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer

SECRET = os.environ["SEPSMS_WEBHOOK_SECRET"].encode()
PORT = int(os.environ.get("PORT", "8000"))
MOST_SECONDS = 300

# Events that were seen; the box repeats what was not answered in time. Keep them in your database.
seen = set()


def is_genuine(header, body):
    """Whether the box has signed these very bytes, not long ago. There are two v1 parts for a day after a rotation."""
    first, *others = (header or "").split(",")
    seconds = first[2:] if first.startswith("t=") else ""
    if not seconds.isdecimal() or abs(time.time() - int(seconds)) > MOST_SECONDS:
        return False
    wanted = hmac.new(SECRET, seconds.encode() + b"." + body, hashlib.sha256).hexdigest()
    return any(hmac.compare_digest(part.encode(), f"v1={wanted}".encode()) for part in others)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        # The signature is over the bytes as they came: check it before the JSON is parsed.
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not is_genuine(self.headers.get("X-Webhook-Signature"), body):
            self.answer(401)
            return
        event_id = self.headers.get("X-Webhook-Id")
        if event_id not in seen:
            seen.add(event_id)
            # Requests come in threads: a line in one piece is not mixed with another's.
            sys.stdout.write(f"{self.headers.get('X-Webhook-Event')} {json.dumps(json.loads(body))}\n")
            sys.stdout.flush()
        # Answer soon, within 15 seconds; do slow work afterwards.
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        """Prints nothing but the events."""


class Server(ThreadingTCPServer):
    """Like http.server's own, which asks the DNS for this machine's name first and may wait long for it."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


if __name__ == "__main__":
    with Server(("", PORT), Receiver) as server:
        print(f"listening on port {PORT}", flush=True)
        server.serve_forever()
