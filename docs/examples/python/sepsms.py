"""Sends messages and one-time codes through a SEPSMS Box. Python 3.9 or newer, standard library only.

    export SEPSMS_URL=http://127.0.0.1:8580/api/v2 SEPSMS_KEY=sk_sep_...
    python3 sepsms.py send 66812345678 "Hello"     python3 sepsms.py balance
    python3 sepsms.py status UUID                  python3 sepsms.py otp 66812345678
"""

import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

URL = os.environ["SEPSMS_URL"]
KEY = os.environ["SEPSMS_KEY"]
ORIGIN = os.environ.get("SEPSMS_ORIGIN", "SEPSMS")


class SepsmsError(Exception):
    """A refusal of the box: programs read `code`, people the message."""

    def __init__(self, status, error):
        super().__init__(error["message"])
        self.status = status
        self.code = error["code"]
        self.error = error


def call(method, path, body=None, headers=None):
    """Calls the box and returns its result. Tries again while the box is away, busy, or says to wait."""
    data = None if body is None else json.dumps(body).encode()
    sent = {"X-API-Key": KEY, "Content-Type": "application/json", **(headers or {})}
    for tries in (1, 2, 3):
        request = urllib.request.Request(URL + path, data=data, headers=sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return json.load(response)["result"]
        except urllib.error.HTTPError as refused:
            wait = int(refused.headers.get("Retry-After") or (tries if refused.code == 503 else 0))
            if wait == 0 or tries == 3:
                raise SepsmsError(refused.code, json.load(refused)["error"]) from None
        except urllib.error.URLError:
            if tries == 3:
                raise
            wait = tries
        time.sleep(wait)


def send_message(recipients, message):
    """Sends a text. The same Idempotency-Key at every try: a retry never becomes a second message."""
    body = {"origin": ORIGIN, "recipients": recipients, "message": message}
    return call("POST", "/message/send", body, {"Idempotency-Key": str(uuid.uuid4())})


def message_status(message_uuid):
    return call("GET", "/message/" + urllib.parse.quote(message_uuid, safe=""))


def balance():
    return call("GET", "/message/credit/balance")["balance"]


def send_code(destination):
    body = {"destination": destination, "origin": ORIGIN}
    return call("POST", "/otp/send", body, {"Idempotency-Key": str(uuid.uuid4())})


def verify_code(reference, pin):
    return call("POST", "/otp/verify", {"reference": reference, "pin": pin})


def otp(number):
    reference = send_code(number)["reference"]
    print("Reference", reference, flush=True)
    return verify_code(reference, input("Code: ").strip())


if __name__ == "__main__":
    commands = {"send": lambda number, text: send_message([number], text), "status": message_status}
    commands.update(balance=balance, otp=otp)
    try:
        print(json.dumps(commands[sys.argv[1]](*sys.argv[2:]), ensure_ascii=False))
    except SepsmsError as refused:
        sys.exit(f"{refused.code}: {refused}")
