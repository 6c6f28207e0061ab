"""What became of a sprint, and the velocity of a project."""

from datetime import datetime

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import NoteColumn
from pmo.http import current, sprint_reporting
from pmo.http.access import requires
from pmo.queries import sprint_notes, sprints
from pmo.queries import sprint_reports as queries
from schemas.sprint_reports import AsOfSchema

bp = Blueprint("sprint_reports", __name__)


@bp.get("/sprints/<int:sprint_id>/report")
@requires(Capability.PROJECT_READ)
def show(sprint_id: int) -> ResponseReturnValue:
    """Show the report of a sprint: frozen if it is closed, as of now or of any moment if not."""
    actor, now = current.actor(), clock.now()
    asked = AsOfSchema().load_filled(request.args)["as_of"] or now
    sprint, project = sprints.sprint(sprint_id, actor)
    zone = current.settings().timezone
    kept = queries.report(sprint_id, actor, as_of=asked, zone=zone)
    velocity, reports = queries.velocity(project.project_id, actor, as_of=asked)
    cards = queries.cards(kept, project.project_id, project.code) if kept else {}
    path = url_for("sprint_reports.show", sprint_id=sprint_id)
    return render_template(
        "sprint_reports/show.html",
        sprint=sprint,
        project=project,
        title=sprint_reporting.name(sprint.number),
        report=kept,
        as_of=asked,
        started_at=kept and datetime.fromisoformat(kept["started_at"]),
        closed_at=kept and kept["closed_at"] and datetime.fromisoformat(kept["closed_at"]),
        lists=sprint_reporting.lists(kept, cards) if kept else (),
        share=sprint_reporting.share(kept) if kept else None,
        figures=sprint_reporting.drawn(kept, path) if kept else (),
        velocity=velocity,
        past=len(reports),
        notes=sprint_notes.of_sprint(sprint_id, actor),
        columns=list(NoteColumn),
        can_note=queries.can_note(sprint_id, actor),
    )


@bp.get("/projects/<int:project_id>/velocity")
@requires(Capability.PROJECT_READ)
def velocity(project_id: int) -> ResponseReturnValue:
    """Show what the sprints of a project have brought; never what a person has."""
    actor = current.actor()
    asked = AsOfSchema().load_filled(request.args)["as_of"] or clock.now()
    project = sprints.of_project(project_id, actor)
    _, reports = queries.velocity(project_id, actor, as_of=asked)
    ids = {it.number: it.id for it in project.sprints}

    def path_of(number: int) -> str:
        return url_for("sprint_reports.show", sprint_id=ids[number], _anchor="done")

    return render_template(
        "sprint_reports/velocity.html",
        project=project,
        figure=sprint_reporting.velocity(reports, path_of),
    )
