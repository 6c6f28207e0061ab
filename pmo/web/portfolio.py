"""The portfolio board: projects as cards moving through the gates."""

from functools import lru_cache

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from markupsafe import Markup

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
        "portfolio/show.html",
        board=_board(columns, str(get_locale())),
        total=sum(len(column.cards) for column in columns),
    )


@lru_cache(maxsize=256)
def _board(columns: tuple[queries.GateColumn, ...], language: str) -> Markup:
    """Draw the columns, once while nothing changes; the visitor's rights are in the values."""
    template = current_app.jinja_env.get_template("portfolio/_board.html")
    return Markup(template.render(columns=columns, language=language))  # noqa: S704 - escaped
