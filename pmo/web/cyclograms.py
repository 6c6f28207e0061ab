"""The cyclogram of a project: the yearly table of what comes round, and its promises."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.domain.recurrence_turns import MarkState
from pmo.http import current, recurrence_texts
from pmo.http.access import requires
from pmo.queries import cyclograms, half_year_promises, headings, recurrences
from schemas.recurrences import FIRST_YEAR, LAST_YEAR, YearQuerySchema

bp = Blueprint("cyclograms", __name__)


@bp.get("/projects/<int:project_id>/cyclogram")
@requires(Capability.PROJECT_READ)
def show(project_id: int) -> ResponseReturnValue:
    """Show the table of an academic year."""
    asked = YearQuerySchema().load_filled(request.args)
    actor, today = current.actor(), current.today()
    table = cyclograms.of_project(project_id, actor, year=asked["year"], today=today)
    zone = current.settings().timezone

    def address(year: int) -> str | None:
        here = FIRST_YEAR <= year <= LAST_YEAR
        return url_for("cyclograms.show", project_id=project_id, year=year) if here else None

    return render_template(
        "cyclograms/show.html",
        project=headings.of_project(project_id, actor, Capability.PROJECT_READ),
        table=table,
        promises=half_year_promises.of_project(project_id, actor, at=clock.now(), zone=zone),
        candidates=recurrences.candidates(project_id, actor) if table.can_edit else (),
        states=list(MarkState),
        texts=recurrence_texts,
        months=recurrence_texts.month_names("abbreviated"),
        long_months=recurrence_texts.month_names(),
        earlier=address(table.year - 1),
        later=address(table.year + 1),
        today=today,
    )
