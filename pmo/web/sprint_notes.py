"""The retrospective on the page of a sprint's report."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import NoteColumn
from pmo.errors import StaleVersion
from pmo.http import current, forms, sprint_reporting, stale
from pmo.http.access import requires
from pmo.queries import sprint_notes as queries
from pmo.queries import sprints
from pmo.services import sprint_notes as services
from schemas.sprint_notes import (
    NoteCardSchema,
    NoteCreateSchema,
    NoteForm,
    NoteRemovalForm,
)

bp = Blueprint("sprint_notes", __name__)

NEEDED = Capability.TASK_EDIT


@bp.post("/sprints/<int:sprint_id>/notes")
@requires(NEEDED)
def create(sprint_id: int) -> ResponseReturnValue:
    """Add a note."""
    given = NoteCreateSchema().load(request.form)
    services.add(sprint_id, **given, actor=current.actor(), at=clock.now())
    return _back(sprint_id)


@bp.get("/sprint-notes/<int:note_id>/edit")
@requires(NEEDED)
def edit(note_id: int) -> ResponseReturnValue:
    """Show the form of a note."""
    actor = current.actor()
    note = queries.note(note_id, actor)
    sprint, project = sprints.sprint(note.sprint_id, actor)
    saved = {"column": note.column.value, "text": note.text, "version": str(note.version)}
    form = forms.state(saved)
    return render_template(
        "sprint_reports/note.html",
        note=note,
        sprint=sprint,
        project=project,
        title=sprint_reporting.name(sprint.number),
        columns=list(NoteColumn),
        form=form,
        theirs=stale.theirs(form, saved, {"text": _("Note")}),
    )


@bp.post("/sprint-notes/<int:note_id>/edit")
@requires(NEEDED)
@forms.redraws(edit, StaleVersion)
def update(note_id: int) -> ResponseReturnValue:
    """Save a note."""
    given = NoteForm().load(request.form)
    version, actor = given.pop("version"), current.actor()
    services.edit(note_id, given, expected_version=version, actor=actor, at=clock.now())
    return _back(queries.note(note_id, actor).sprint_id)


@bp.post("/sprint-notes/<int:note_id>/removal")
@requires(NEEDED)
def destroy(note_id: int) -> ResponseReturnValue:
    """Remove a note."""
    given = NoteRemovalForm().load(request.form)
    actor = current.actor()
    sprint_id = queries.note(note_id, actor).sprint_id
    services.remove(note_id, expected_version=given["version"], actor=actor, at=clock.now())
    flash(_("The note is removed."), "success")
    return _back(sprint_id)


@bp.post("/sprint-notes/<int:note_id>/card")
@requires(NEEDED)
def make_card(note_id: int) -> ResponseReturnValue:
    """Make a card of a note."""
    given = NoteCardSchema().load(request.form)
    actor = current.actor()
    services.make_card(note_id, **given, actor=actor, at=clock.now())
    note = queries.note(note_id, actor)
    flash(_("The card %(card)s is made of the note.", card=note.task_key), "success")
    return _back(note.sprint_id)


def _back(sprint_id: int) -> ResponseReturnValue:
    address = url_for("sprint_reports.show", sprint_id=sprint_id, _anchor="retrospective")
    return redirect(address, 303)
