"""Tasks: lists, one of them, making, editing, placing, history; and one's own work."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.api.paging import filters_and_slice, history_page
from pmo.domain.permissions import Capability
from pmo.http import current, etags, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import histories, task_lists
from pmo.queries import my_work as work
from pmo.queries import tasks as queries
from pmo.services import completion
from pmo.services import tasks as services
from schemas.histories import HistoryQuerySchema, HistorySchema
from schemas.my_work import CompletionSchema, MyWorkSchema
from schemas.tasks import (
    PlacementSchema,
    TaskCreateSchema,
    TaskPageSchema,
    TaskQuerySchema,
    TaskSchema,
    TaskUpdateSchema,
)

bp = ApiBlueprint("Tasks", __name__, description="Tasks: the cards of boards.")

Fields = Mapping[str, Any]


@bp.route("/boards/<int:board_id>/tasks")
@bp.arguments(TaskQuerySchema, location="query")
@bp.response(200, TaskPageSchema)
@requires(Capability.PROJECT_READ)
def index_of_board(asked: Fields, board_id: int) -> Any:
    """List the tasks of a board.

    Filters are joined by “and”. The same cards as the board shows, as a flat list.
    """
    wanted = filters_and_slice(asked)
    page = task_lists.of_board(board_id, current.actor(), *wanted, today=current.today())
    return task_lists.with_own(page)


@bp.route("/projects/<int:project_id>/tasks")
@bp.arguments(TaskQuerySchema, location="query")
@bp.response(200, TaskPageSchema)
@requires(Capability.PROJECT_READ)
def index_of_project(asked: Fields, project_id: int) -> Any:
    """List the tasks of a project.

    Of all its boards. Filters are joined by “and”.
    """
    wanted = filters_and_slice(asked)
    page = task_lists.of_project(project_id, current.actor(), *wanted, today=current.today())
    return task_lists.with_own(page)


@bp.route("/columns/<int:column_id>/tasks", methods=["POST"])
@tagged("version", "moves")
@bp.arguments(TaskCreateSchema)
@bp.response(201, TaskSchema)
@requires(Capability.TASK_EDIT)
def create(fields: Fields, column_id: int) -> Any:
    """Add a task at the end of a column.

    A title is enough. 409 if a hard limit is reached, or if the column means done and asks for
    its definition of done: `criteria` of the answer lists what to send as `confirmed`. 403 if a
    rule of the board keeps the column for the lead.
    """
    actor, at = current.actor(), clock.now()
    values = {**fields}
    confirmed = values.pop("confirmed")

    def create() -> int:
        made = services.create(column_id, fields=values, confirmed=confirmed, actor=actor, at=at)
        return made.task_id

    made = idempotency.once(create)
    return _task(made.id), 201, made.headers("Tasks.show", task_id=made.id)


@bp.route("/tasks/<int:task_id>")
@tagged("version", "moves")
@bp.response(200, TaskSchema)
@requires(Capability.PROJECT_READ)
def show(task_id: int) -> Any:
    """Get a task with all its fields.

    Its ETag counts edits and moves; If-Match of an edit compares edits alone.
    """
    return _task(task_id)


@bp.route("/tasks/<int:task_id>", methods=["PATCH"])
@tagged("version", "moves")
@bp.arguments(TaskUpdateSchema)
@bp.response(200, TaskSchema)
@requires(Capability.TASK_EDIT)
def update(fields: Fields, task_id: int) -> Any:
    """Edit fields of a task.

    What is left out stays as it is. A move meanwhile is no obstacle, an edit is: 412.
    """
    version = etags.expected_version()
    base = _task(task_id).version if version is None else version
    services.edit(
        task_id, fields, base_version=base, strict=True, actor=current.actor(), at=clock.now()
    )
    return _task(task_id)


@bp.route("/tasks/<int:task_id>/placement", methods=["PUT"])
@bp.arguments(PlacementSchema)
@bp.response(200, TaskSchema)
@requires(Capability.TASK_EDIT)
def place(wanted: Fields, task_id: int) -> Any:
    """Move a task to a column and a place in it.

    Names the neighbour below, never an index. Needs no If-Match: the place is found under the
    column's lock. If the neighbour has left the column meanwhile, the task goes to its end. 409
    if a hard limit is reached, or if the column means done and asks for its definition of done:
    `criteria` of the answer lists what to send as `confirmed`. 403 if a rule of the board keeps
    this move for the lead.
    """
    services.place(task_id, **wanted, actor=current.actor(), at=clock.now())
    return _task(task_id)


@bp.route("/tasks/<int:task_id>/completion", methods=["PUT"])
@bp.arguments(CompletionSchema)
@bp.response(200, TaskSchema)
@requires(Capability.TASK_EDIT)
def complete(given: Fields, task_id: int) -> Any:
    """Move a task to where its board keeps what is done.

    To the end of the first column that means done; refused as any move there would be. Again
    makes no difference.
    """
    completion.complete(task_id, **given, actor=current.actor(), at=clock.now())
    return _task(task_id)


@bp.route("/tasks/<int:task_id>/history")
@bp.arguments(HistoryQuerySchema, location="query")
@bp.response(200, HistorySchema)
@requires(Capability.PROJECT_READ)
def history(asked: Fields, task_id: int) -> Any:
    """Get the history of a task.

    Events of the journal, newest first; page on with `before_id`.
    """
    return history_page(histories.of_task, task_id, asked)


@bp.route("/my-work")
@bp.response(200, MyWorkSchema)
@requires(Capability.PORTFOLIO_READ)
def my_work() -> Any:
    """Get your own open tasks from all projects, by urgency.

    The 200 most urgent ones; `total` counts all.
    """
    return work.my_work(current.actor(), today=current.today())


def _task(task_id: int) -> queries.TaskView:
    return queries.task(task_id, current.actor(), today=current.today())
