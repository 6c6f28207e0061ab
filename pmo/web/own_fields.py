"""Fields of a project's own: their list to edit, one field's form, their order."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import OwnFieldKind
from pmo.errors import InUse, StaleVersion
from pmo.http import current, forms, stale
from pmo.http.access import requires
from pmo.queries import headings
from pmo.queries import own_fields as queries
from pmo.services import own_fields as services
from schemas.own_fields import (
    OwnFieldForm,
    OwnFieldNewForm,
    OwnFieldPlacementSchema,
    OwnFieldRemovalSchema,
)

bp = Blueprint("own_fields", __name__)

NEEDED = Capability.PROJECT_EDIT
FIELDS = {"name": _l("Name"), "choices": _l("Choices")}


@bp.get("/projects/<int:project_id>/own-fields")
@requires(NEEDED)
def index(project_id: int) -> ResponseReturnValue:
    """Show the fields, and the form of a new one."""
    actor = current.actor()
    return render_template(
        "own_fields/index.html",
        project=headings.of_project(project_id, actor, NEEDED),
        fields=queries.of_project(project_id, actor),
        kinds=list(OwnFieldKind),
        form=forms.state({"kind": OwnFieldKind.TEXT.value}),
    )


@bp.post("/projects/<int:project_id>/own-fields")
@requires(NEEDED)
@forms.redraws(index)
def create(project_id: int) -> ResponseReturnValue:
    """Add a field."""
    given = OwnFieldNewForm().load(request.form)
    services.add(project_id, **given, actor=current.actor(), at=clock.now())
    flash(_("The field is added."), "success")
    return _to_list(project_id)


@bp.get("/own-fields/<int:field_id>/edit")
@requires(NEEDED)
def edit(field_id: int) -> ResponseReturnValue:
    """Show the form of a field."""
    actor = current.actor()
    project = headings.of_own_field(field_id, actor, NEEDED)
    field = queries.field(field_id, actor)
    saved = {
        "name": field.name,
        "choices": "\n".join(field.choices),
        "version": str(field.version),
    }
    form = forms.state(saved)
    return render_template(
        "own_fields/edit.html",
        project=project,
        field=field,
        form=form,
        theirs=stale.theirs(form, saved, FIELDS),
    )


@bp.post("/own-fields/<int:field_id>/edit")
@requires(NEEDED)
@forms.redraws(edit, StaleVersion)
def update(field_id: int) -> ResponseReturnValue:
    """Save a field."""
    given = OwnFieldForm().load(request.form)
    actor = current.actor()
    expected = given.pop("version")
    services.edit(field_id, given, expected_version=expected, actor=actor, at=clock.now())
    flash(_("The field is saved."), "success")
    return _to_list(_project_of(field_id))


@bp.post("/own-fields/<int:field_id>/placement")
@requires(NEEDED)
def place(field_id: int) -> ResponseReturnValue:
    """Put a field before another, or behind all."""
    given = OwnFieldPlacementSchema().load(request.form)
    services.place(field_id, before_id=given["before_id"], actor=current.actor(), at=clock.now())
    return _to_list(_project_of(field_id))


@bp.get("/own-fields/<int:field_id>/removal")
@requires(NEEDED)
def removal(field_id: int) -> ResponseReturnValue:
    """Ask whether to remove a field, and say what goes with it."""
    actor = current.actor()
    return render_template(
        "own_fields/removal.html",
        project=headings.of_own_field(field_id, actor, NEEDED),
        use=queries.use(field_id, actor),
        form=forms.state(),
    )


@bp.post("/own-fields/<int:field_id>/removal")
@requires(NEEDED)
@forms.redraws(removal, InUse)
def destroy(field_id: int) -> ResponseReturnValue:
    """Remove a field, with what cards hold in it if that was agreed to."""
    given = OwnFieldRemovalSchema().load(request.form)
    project_id = _project_of(field_id)
    services.remove(field_id, **given, actor=current.actor(), at=clock.now())
    flash(_("The field is removed."), "success")
    return _to_list(project_id)


def _project_of(field_id: int) -> int:
    return headings.of_own_field(field_id, current.actor(), NEEDED).id


def _to_list(project_id: int) -> ResponseReturnValue:
    return redirect(url_for("own_fields.index", project_id=project_id), 303)
