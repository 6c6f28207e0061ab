"""The passport of a project, as a form; `projects.show` shows it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.errors import StaleVersion
from pmo.http import current, forms, stale
from pmo.http.access import requires
from pmo.queries import headings
from pmo.queries import projects as queries
from pmo.services import passports
from schemas.passports import LISTS, PassportForm

bp = Blueprint("passports", __name__, url_prefix="/projects/<int:project_id>/passport")

FIELDS = {
    "unique_idea": _l("Unique idea"),
    "goal": _l("Goal"),
    "objectives": _l("Objectives"),
    "relevance": _l("Relevance"),
    "concept": _l("Concept"),
    "advantage": _l("Advantage over similar projects"),
    "toolkit": _l("Personalisation toolkit"),
    "target_audience": _l("Target audience"),
    "participants": _l("Participants"),
    "leads": _l("Leads of working groups"),
    "funding": _l("Sources of funding"),
    "expected_results": _l("Expected results"),
    "indicators": _l("Indicators"),
    "risks": _l("Risks"),
    "acts": _l("Normative basis"),
    "national_directions": _l("Links to national projects"),
    "products": _l("Products"),
    "dissemination": _l("Dissemination"),
}
"""In the order of the office's own documents."""


@bp.app_context_processor
def _labels() -> dict[str, object]:
    return {"passport_fields": FIELDS}


@bp.get("/edit")
@requires(Capability.PROJECT_EDIT)
def edit(project_id: int) -> ResponseReturnValue:
    """Show the form of the passport: lists have one item a line."""
    actor = current.actor()
    project = headings.of_project(project_id, actor, Capability.PROJECT_EDIT)
    passport = queries.passport(project_id, actor)
    saved = {name: _text(getattr(passport, name)) for name in (*FIELDS, "version")}
    form = forms.state(saved)
    return render_template(
        "passports/edit.html",
        project=project,
        form=form,
        version=passport.version,
        theirs=stale.theirs(form, saved, FIELDS),
        lists=LISTS,
    )


@bp.post("/edit")
@requires(Capability.PROJECT_EDIT)
@forms.redraws(edit, StaleVersion)
def update(project_id: int) -> ResponseReturnValue:
    """Save the passport."""
    given = PassportForm().load(request.form)
    expected = given.pop("version")
    passports.edit(
        project_id, given, expected_version=expected, actor=current.actor(), at=clock.now()
    )
    flash(_("The passport is saved."), "success")
    return redirect(url_for("projects.show", project_id=project_id, _anchor="passport"), 303)


def _text(value: object) -> str:
    return "\n".join(value) if isinstance(value, tuple) else str(value)
