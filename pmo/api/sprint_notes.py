"""Notes of retrospectives."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, etags, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import sprint_notes as queries
from pmo.services import sprint_notes as services
from schemas.sprint_notes import (
    NoteCardSchema,
    NoteCreateSchema,
    NoteSchema,
    NotesSchema,
    NoteUpdateSchema,
)

bp = ApiBlueprint(
    "Sprint notes", __name__, description="What a sprint has taught: keep, stop, try."
)

Fields = Mapping[str, Any]


@bp.route("/sprints/<int:sprint_id>/notes")
@bp.response(200, NotesSchema)
@requires(Capability.PROJECT_READ)
def index(sprint_id: int) -> Any:
    """List the notes of a sprint.

    The oldest first, each with its author.
    """
    return {"items": queries.of_sprint(sprint_id, current.actor())}


@bp.route("/sprints/<int:sprint_id>/notes", methods=["POST"])
@tagged("version")
@bp.arguments(NoteCreateSchema)
@bp.response(201, NoteSchema)
@requires(Capability.TASK_EDIT)
def create(fields: Fields, sprint_id: int) -> Any:
    """Add a note to a sprint that runs.

    409 if it does not run, or has 100 already.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(lambda: services.add(sprint_id, **fields, actor=actor, at=at))
    return queries.note(made.id, actor), 201, made.headers("Sprint notes.show", note_id=made.id)


@bp.route("/sprint-notes/<int:note_id>")
@tagged("version")
@bp.response(200, NoteSchema)
@requires(Capability.PROJECT_READ)
def show(note_id: int) -> Any:
    """Get a note.

    With its author, and the card that was made of it.
    """
    return queries.note(note_id, current.actor())


@bp.route("/sprint-notes/<int:note_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(NoteUpdateSchema)
@bp.response(200, NoteSchema)
@requires(Capability.TASK_EDIT)
def update(changes: Fields, note_id: int) -> Any:
    """Edit a note, by its author or who leads the project.

    While its sprint runs; afterwards 409.
    """
    actor, version = current.actor(), etags.expected_version()
    services.edit(note_id, changes, expected_version=version, actor=actor, at=clock.now())
    return queries.note(note_id, actor)


@bp.route("/sprint-notes/<int:note_id>", methods=["DELETE"])
@tagged("version")
@bp.response(204)
@requires(Capability.TASK_EDIT)
def destroy(note_id: int) -> None:
    """Remove a note, by its author or who leads the project.

    While its sprint runs; the card that was made of it stays.
    """
    actor, version = current.actor(), etags.expected_version()
    services.remove(note_id, expected_version=version, actor=actor, at=clock.now())


@bp.route("/sprint-notes/<int:note_id>/card", methods=["POST"])
@bp.arguments(NoteCardSchema)
@bp.response(200, NoteSchema)
@requires(Capability.TASK_EDIT)
def make_card(given: Fields, note_id: int) -> Any:
    """Make a card of a note, also when its sprint is closed.

    In the backlog, or in the next sprint, which is for who plans. 409 if there is one already.
    """
    actor = current.actor()
    services.make_card(note_id, **given, actor=actor, at=clock.now())
    return queries.note(note_id, actor)
