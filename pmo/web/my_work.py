"""“My work”: a person's open tasks from all projects, by urgency."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pmo.domain.permissions import Capability
from pmo.http import current, fragments
from pmo.http.access import requires
from pmo.queries import my_work as queries

bp = Blueprint("my_work", __name__)


@bp.get("/my-work")
@requires(Capability.PORTFOLIO_READ)
def index() -> ResponseReturnValue:
    """Show my open tasks."""
    work = queries.my_work(current.actor(), today=current.today())
    return render_template("my_work/index.html", work=work, work_items=fragments.work_items)
