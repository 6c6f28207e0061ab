"""The portfolio board: projects as cards moving through the gates."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pmo.domain.permissions import Capability
from pmo.http import current
from pmo.http.access import requires
from pmo.queries import projects as queries

bp = Blueprint("portfolio", __name__, url_prefix="/projects/board")


@bp.get("")
@requires(Capability.PORTFOLIO_READ)
def show() -> ResponseReturnValue:
    """Show the projects that the visitor may see, gate by gate."""
    columns = queries.portfolio_board(current.actor(), today=current.today())
    return render_template(
        "portfolio/show.html", columns=columns, total=sum(len(column.cards) for column in columns)
    )
