"""Acts on cards: the archive, and undo."""

from typing import Any

from pmo import clock
from pmo.domain.bulk import Bulk
from pmo.domain.permissions import Capability
from pmo.http import current, files, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import acts
from pmo.queries import tasks as queries
from pmo.queries import transfers as departing
from pmo.services import archive as services
from pmo.services import bulk as many
from pmo.services import merges, transfers
from pmo.services import undo as undoing
from schemas.acts import (
    ActedSchema,
    BulkSchema,
    CopySchema,
    LeftBehindSchema,
    MergeSchema,
    TransferSchema,
)
from schemas.tasks import TaskSchema

bp = ApiBlueprint("Acts", __name__, description="Acts on cards: the archive, undo.")


@bp.route("/tasks/<int:task_id>/archive", methods=["POST"])
@tagged("version", "moves")
@bp.response(200, TaskSchema)
@requires(Capability.TASK_EDIT)
def archive(task_id: int) -> Any:
    """Put a task into the archive.

    It keeps its place and takes no part in sums; nothing else can be done to it until it is
    restored. One that is there stays as it is.
    """
    services.archive(task_id, actor=current.actor(), at=clock.now())
    return queries.task(task_id, current.actor(), today=current.today())


@bp.route("/tasks/<int:task_id>/restoration", methods=["POST"])
@tagged("version", "moves")
@bp.response(200, TaskSchema)
@requires(Capability.TASK_EDIT)
def restore(task_id: int) -> Any:
    """Take a task out of the archive.

    It comes back to its place. 409 if the column has a hard limit and is full, or if the task went
    on in another project: undo that. One that is not there stays as it is.
    """
    services.restore(task_id, actor=current.actor(), at=clock.now())
    return queries.task(task_id, current.actor(), today=current.today())


@bp.route("/boards/<int:board_id>/bulk", methods=["POST"])
@bp.arguments(BulkSchema)
@bp.response(200, ActedSchema)
@requires(Capability.TASK_EDIT)
def bulk(asked: dict[str, Any], board_id: int) -> Any:
    """Do one thing to many cards of a board.

    All of it or nothing, in one revision of the board; undone as a whole. Cards that are so already
    stay as they are. 409 names the card, or the full column.
    """
    task_ids, confirmed = asked.pop("task_ids"), asked.pop("confirmed")
    actor, wanted = current.actor(), Bulk(**asked)

    def act() -> int:
        done = many.bulk(
            board_id, task_ids, wanted, confirmed=confirmed, actor=actor, at=clock.now()
        )
        return done.event_id or 0

    done = idempotency.once(act)
    return acts.act(done.id), 200, done.headers("Boards.show", board_id=board_id)


@bp.route("/tasks/<int:task_id>/copy", methods=["POST"])
@tagged("version", "moves")
@bp.arguments(CopySchema)
@bp.response(201, TaskSchema)
@requires(Capability.TASK_EDIT)
def copy(asked: dict[str, Any], task_id: int) -> Any:
    """Add a copy of a task to a column of the same project.

    Title, description, fields, own fields and labels; people and the checklist where asked for.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(lambda: transfers.copy(task_id, **asked, actor=actor, at=at).task_id)
    shown = queries.task(made.id, actor, today=current.today())
    return shown, 201, made.headers("Tasks.show", task_id=made.id)


@bp.route("/tasks/<int:task_id>/transfer/<int:project_id>")
@bp.response(200, LeftBehindSchema)
@requires(Capability.TASK_EDIT)
def left_behind(task_id: int, project_id: int) -> Any:
    """Tell what would stay behind if a task went to another project.

    You need the right in both projects.
    """
    return departing.left_behind(task_id, current.actor(), target=project_id)


@bp.route("/tasks/<int:task_id>/transfer", methods=["POST"])
@tagged("version", "moves")
@bp.arguments(TransferSchema)
@bp.response(201, TaskSchema)
@requires(Capability.TASK_EDIT)
def transfer(asked: dict[str, Any], task_id: int) -> Any:
    """Move a task to another project.

    A new task is made there with all that can go; the old one stays in the archive, and its
    `successor` is the new one. You need the right in both projects.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(
        lambda: transfers.transfer(task_id, **asked, room=files.room(), actor=actor, at=at).task_id
    )
    shown = queries.task(made.id, actor, today=current.today())
    return shown, 201, made.headers("Tasks.show", task_id=made.id)


@bp.route("/tasks/<int:task_id>/merge", methods=["POST"])
@tagged("version", "moves")
@bp.arguments(MergeSchema)
@bp.response(200, TaskSchema)
@requires(Capability.TASK_EDIT)
def merge(asked: dict[str, Any], task_id: int) -> Any:
    """Merge a task into another one of its project; returns the other one.

    It gets what hangs on the first, its people, labels and dependencies, and its own fields where
    they are empty; the first goes into the archive with all it had. To undo it, undo the newest
    event of its history.
    """
    made = merges.merge(task_id, **asked, actor=current.actor(), at=clock.now())
    return queries.task(made.task_id, current.actor(), today=current.today())


@bp.route("/events/<int:event_id>/undo", methods=["POST"])
@bp.response(200, ActedSchema)
@requires(Capability.TASK_EDIT)
def undo(event_id: int) -> Any:
    """Take back the act that an event belongs to.

    A new act that does the opposite, as a whole or not at all; it can be undone in its turn. 409 if
    something that it changed has changed since, or if it was undone before.
    """
    return undoing.undo(event_id, keeping=files.keeping(), actor=current.actor(), at=clock.now())
