"""The front door."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from pmo.domain.permissions import Capability
from pmo.http.access import requires

bp = Blueprint("home", __name__)


@bp.get("/")
@requires(Capability.PORTFOLIO_READ)
def index() -> ResponseReturnValue:
    """Go to the page that most people want first."""
    return redirect("/my-work", 303)
