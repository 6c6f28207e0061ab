"""The floor: a bare Flask route on the same server, without sign-in, rights or database."""

import os
from pathlib import Path

from flask import Flask, Response

app = Flask(__name__, static_folder=None)
BODY = Path(os.environ["BENCH_BODY"]).read_bytes() if "BENCH_BODY" in os.environ else b""


@app.get("/json")
def json() -> Response:
    """Give 41 bytes of JSON."""
    return Response('{"status": "fine", "value": 1234567890.12}', mimetype="application/json")


@app.get("/page")
def page() -> Response:
    """Give the bytes of the 200-card page, ready and compressed."""
    return Response(BODY, mimetype="text/html", headers={"Content-Encoding": "gzip"})
