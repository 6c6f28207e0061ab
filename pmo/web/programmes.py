"""The cascade: programmes and strategic projects."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.errors import StaleVersion
from pmo.http import current, forms, stale
from pmo.http.access import requires
from pmo.queries import programmes as queries
from pmo.services import programmes
from schemas.programmes import (
    ProgrammeCreateSchema,
    ProgrammeForm,
    StrategicProjectCreateSchema,
    StrategicProjectForm,
)

bp = Blueprint("programmes", __name__)

FIELDS = {"name": _l("Name"), "period": _l("Period"), "description": _l("Description")}
STRATEGIC_FIELDS = {"name": _l("Name"), "description": _l("Description")}


@bp.get("/programmes")
@requires(Capability.PORTFOLIO_READ)
def index() -> ResponseReturnValue:
    """Show the whole cascade as the visitor may see it."""
    return render_template("programmes/index.html", cascade=queries.tree(current.actor()))


@bp.get("/programmes/new")
@requires(Capability.PROGRAMMES_EDIT)
def new() -> ResponseReturnValue:
    """Show the form of a new programme."""
    return render_template("programmes/new.html", form=forms.state())


@bp.post("/programmes/new")
@requires(Capability.PROGRAMMES_EDIT)
@forms.redraws(new)
def create() -> ResponseReturnValue:
    """Add a programme."""
    given = ProgrammeCreateSchema().load(request.form)
    programme_id = programmes.add(given, actor=current.actor(), at=clock.now())
    flash(_("The programme is added."), "success")
    return _to_cascade(f"programme-{programme_id}")


@bp.get("/programmes/<int:programme_id>/edit")
@requires(Capability.PROGRAMMES_EDIT)
def edit(programme_id: int) -> ResponseReturnValue:
    """Show the form of a programme."""
    programme = queries.programme(programme_id, current.actor())
    saved = {
        "name": programme.name,
        "description": programme.description,
        "period": programme.period.text if programme.period else "",
        "version": str(programme.version),
    }
    form = forms.state(saved)
    theirs = stale.theirs(form, saved, FIELDS)
    return render_template("programmes/edit.html", programme=programme, form=form, theirs=theirs)


@bp.post("/programmes/<int:programme_id>/edit")
@requires(Capability.PROGRAMMES_EDIT)
@forms.redraws(edit, StaleVersion)
def update(programme_id: int) -> ResponseReturnValue:
    """Save a programme."""
    given = ProgrammeForm().load(request.form)
    expected = given.pop("version")
    programmes.edit(
        programme_id, given, expected_version=expected, actor=current.actor(), at=clock.now()
    )
    flash(_("The programme is saved."), "success")
    return _to_cascade(f"programme-{programme_id}")


@bp.get("/programmes/<int:programme_id>/strategic-projects/new")
@requires(Capability.PROGRAMMES_EDIT)
def new_strategic_project(programme_id: int) -> ResponseReturnValue:
    """Show the form of a new strategic project."""
    programme = queries.programme(programme_id, current.actor())
    return render_template(
        "programmes/new_strategic_project.html", programme=programme, form=forms.state()
    )


@bp.post("/programmes/<int:programme_id>/strategic-projects/new")
@requires(Capability.PROGRAMMES_EDIT)
@forms.redraws(new_strategic_project)
def create_strategic_project(programme_id: int) -> ResponseReturnValue:
    """Add a strategic project to a programme."""
    given = StrategicProjectCreateSchema().load(request.form)
    new_id = programmes.add_strategic_project(
        programme_id, given, actor=current.actor(), at=clock.now()
    )
    flash(_("The strategic project is added."), "success")
    return _to_cascade(f"strategic_project-{new_id}")


@bp.get("/strategic-projects/<int:strategic_project_id>/edit")
@requires(Capability.PROGRAMMES_EDIT)
def edit_strategic_project(strategic_project_id: int) -> ResponseReturnValue:
    """Show the form of a strategic project."""
    strategic = queries.strategic_project(strategic_project_id, current.actor())
    saved = {
        "name": strategic.name,
        "description": strategic.description,
        "version": str(strategic.version),
    }
    form = forms.state(saved)
    theirs = stale.theirs(form, saved, STRATEGIC_FIELDS)
    return render_template(
        "programmes/edit_strategic_project.html", strategic=strategic, form=form, theirs=theirs
    )


@bp.post("/strategic-projects/<int:strategic_project_id>/edit")
@requires(Capability.PROGRAMMES_EDIT)
@forms.redraws(edit_strategic_project, StaleVersion)
def update_strategic_project(strategic_project_id: int) -> ResponseReturnValue:
    """Save a strategic project."""
    given = StrategicProjectForm().load(request.form)
    expected = given.pop("version")
    programmes.edit_strategic_project(
        strategic_project_id,
        given,
        expected_version=expected,
        actor=current.actor(),
        at=clock.now(),
    )
    flash(_("The strategic project is saved."), "success")
    return _to_cascade(f"strategic_project-{strategic_project_id}")


def _to_cascade(anchor: str) -> ResponseReturnValue:
    return redirect(url_for("programmes.index", _anchor=anchor), 303)
