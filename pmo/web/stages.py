"""Stages of a project: their list to edit, one stage's form, their order."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pmo import clock
from pmo.domain import calendar, periods
from pmo.domain.permissions import Capability
from pmo.errors import InUse, StaleVersion
from pmo.http import current, forms, stale
from pmo.http.access import requires
from pmo.queries import headings, parts
from pmo.queries import projects as queries
from pmo.services import stages
from schemas.stages import PeriodQuerySchema, StageCreateSchema, StageForm, StagePlacementSchema

bp = Blueprint("stages", __name__)

NEEDED = Capability.PROJECT_EDIT
FIELDS = {"name": _l("Name"), "period": _l("Period")}


@bp.get("/projects/<int:project_id>/stages")
@requires(NEEDED)
def index(project_id: int) -> ResponseReturnValue:
    """Show the stages, with all that can be done to them, and the form of a new one."""
    actor = current.actor()
    form = forms.state({})
    return render_template(
        "stages/index.html",
        project=headings.of_project(project_id, actor, NEEDED),
        stages=queries.stages(project_id, actor, today=current.today()),
        form=form,
        period=_understood(form.value("period")),
    )


@bp.post("/projects/<int:project_id>/stages")
@requires(NEEDED)
@forms.redraws(index)
def create(project_id: int) -> ResponseReturnValue:
    """Add a stage."""
    given = StageCreateSchema().load(request.form)
    stages.add(project_id, given, actor=current.actor(), at=clock.now())
    flash(_("The stage is added."), "success")
    return _to_list(project_id)


@bp.get("/projects/<int:project_id>/stages/period")
@requires(NEEDED)
def preview_period(project_id: int) -> ResponseReturnValue:
    """Say what was understood of a written period."""
    headings.of_project(project_id, current.actor(), NEEDED)
    text = PeriodQuerySchema().load_filled(request.args)["period"]
    return render_template("stages/_period.html", period=_understood(text))


@bp.get("/stages/<int:stage_id>/edit")
@requires(NEEDED)
def edit(stage_id: int) -> ResponseReturnValue:
    """Show the form of a stage."""
    actor = current.actor()
    project = headings.of_stage(stage_id, actor, NEEDED)
    stage = parts.stage(stage_id, actor, today=current.today())
    saved = {
        "name": stage.name,
        "period": stage.period.text if stage.period else "",
        "version": str(stage.version),
    }
    form = forms.state(saved)
    if not form.values:  # what was refused is the removal, a form without fields
        form = forms.Form(saved, form.errors)
    typed = form.value("period")
    return render_template(
        "stages/edit.html",
        project=project,
        stage=stage,
        form=form,
        theirs=stale.theirs(form, saved, FIELDS),
        period=stage.period if typed == saved["period"] else _understood(typed),
    )


@bp.post("/stages/<int:stage_id>/edit")
@requires(NEEDED)
@forms.redraws(edit, StaleVersion)
def update(stage_id: int) -> ResponseReturnValue:
    """Save a stage."""
    given = StageForm().load(request.form)
    actor = current.actor()
    expected = given.pop("version")
    stages.edit(stage_id, given, expected_version=expected, actor=actor, at=clock.now())
    flash(_("The stage is saved."), "success")
    return _to_list(_project_of(stage_id))


@bp.post("/stages/<int:stage_id>/placement")
@requires(NEEDED)
def place(stage_id: int) -> ResponseReturnValue:
    """Put a stage before another, or behind all."""
    given = StagePlacementSchema().load(request.form)
    stages.place(stage_id, before_id=given["before_id"], actor=current.actor(), at=clock.now())
    return _to_list(_project_of(stage_id))


@bp.post("/stages/<int:stage_id>/removal")
@requires(NEEDED)
@forms.redraws(edit, InUse)
def destroy(stage_id: int) -> ResponseReturnValue:
    """Remove a stage that no card stands in."""
    project_id = _project_of(stage_id)
    stages.remove(stage_id, actor=current.actor(), at=clock.now())
    flash(_("The stage is removed."), "success")
    return _to_list(project_id)


def _understood(text: str) -> periods.Period | None:
    year = calendar.academic_year_of(current.today())
    return periods.parse(text, academic_year=year) if text.strip() else None


def _project_of(stage_id: int) -> int:
    return headings.of_stage(stage_id, current.actor(), NEEDED).id


def _to_list(project_id: int) -> ResponseReturnValue:
    return redirect(url_for("stages.index", project_id=project_id), 303)
