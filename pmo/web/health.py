"""What a supervisor asks: is the process alive, is the service ready. No causes to strangers."""

import logging

from flask import Blueprint, Response

from pmo.domain.permissions import Capability
from pmo.http.access import requires
from pmo.queries import readiness

bp = Blueprint("health", __name__)

log = logging.getLogger("pmo.health")


@bp.get("/healthz")
@requires(Capability.PUBLIC)
def alive() -> Response:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@requires(Capability.PUBLIC)
def ready() -> Response:
    """Say whether the database can be written; the cause goes to the log."""
    fault = readiness.fault()
    if fault is None:
        return Response("ok\n", mimetype="text/plain")
    log.error("not ready: %s", fault)
    return Response("not ready\n", 503, mimetype="text/plain")
