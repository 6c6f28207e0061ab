"""Checklists of tasks."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, etags, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import checklists as queries
from pmo.queries import tasks
from pmo.services import checklists as services
from schemas.checklists import (
    ChecklistSchema,
    ItemCreateSchema,
    ItemPlacementSchema,
    ItemSchema,
    ItemUpdateSchema,
)
from schemas.tasks import TaskSchema

bp = ApiBlueprint("Checklists", __name__, description="Checklists of tasks.")

Fields = Mapping[str, Any]


@bp.route("/tasks/<int:task_id>/checklist")
@bp.response(200, ChecklistSchema)
@requires(Capability.PROJECT_READ)
def index(task_id: int) -> Any:
    """List the checklist of a task.

    In its order.
    """
    return {"items": queries.of_task(task_id, current.actor())}


@bp.route("/tasks/<int:task_id>/checklist", methods=["POST"])
@tagged("version")
@bp.arguments(ItemCreateSchema)
@bp.response(201, ItemSchema)
@requires(Capability.TASK_EDIT)
def create(fields: Fields, task_id: int) -> Any:
    """Add an item to a task's checklist.

    Behind the others. 409 if there are 100 already.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(lambda: services.add(task_id, **fields, actor=actor, at=at).item_id)
    return _item(made.id), 201, made.headers("Checklists.show", item_id=made.id)


@bp.route("/checklist-items/<int:item_id>")
@tagged("version")
@bp.response(200, ItemSchema)
@requires(Capability.PROJECT_READ)
def show(item_id: int) -> Any:
    """Get an item of a checklist.

    Its ETag counts edits of its text.
    """
    return _item(item_id)


@bp.route("/checklist-items/<int:item_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(ItemUpdateSchema)
@bp.response(200, ItemSchema)
@requires(Capability.TASK_EDIT)
def update(changes: Fields, item_id: int) -> Any:
    """Edit an item, tick it or take the tick back.

    What is left out stays as it is.
    """
    actor, version = current.actor(), etags.expected_version()
    services.edit(item_id, changes, expected_version=version, actor=actor, at=clock.now())
    return _item(item_id)


@bp.route("/checklist-items/<int:item_id>/placement", methods=["PUT"])
@bp.arguments(ItemPlacementSchema)
@bp.response(200, ItemSchema)
@requires(Capability.TASK_EDIT)
def place(wanted: Fields, item_id: int) -> Any:
    """Move an item in its checklist.

    Names the item below. Needs no If-Match: the place is found under a lock.
    """
    services.place(item_id, **wanted, actor=current.actor(), at=clock.now())
    return _item(item_id)


@bp.route("/checklist-items/<int:item_id>", methods=["DELETE"])
@tagged("version")
@bp.response(204)
@requires(Capability.TASK_EDIT)
def destroy(item_id: int) -> None:
    """Remove an item.

    A task that was made of it stays.
    """
    actor, version = current.actor(), etags.expected_version()
    services.remove(item_id, expected_version=version, actor=actor, at=clock.now())


@bp.route("/checklist-items/<int:item_id>/task", methods=["POST"])
@tagged("version", "moves")
@bp.response(201, TaskSchema)
@requires(Capability.TASK_EDIT)
def convert(item_id: int) -> Any:
    """Make a task of an item.

    At the end of the same column; the item stays and names it in `became`. 409 if it is a task
    already, or if the column has a hard limit and is full.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(lambda: services.convert(item_id, actor=actor, at=at).new_task_id)
    view = tasks.task(made.id, actor, today=current.today())
    return view, 201, made.headers("Tasks.show", task_id=made.id)


def _item(item_id: int) -> queries.ItemView:
    return queries.item(item_id, current.actor())
