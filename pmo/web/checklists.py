"""The checklist in a task's panel."""

from typing import Any

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current
from pmo.http.access import requires
from pmo.queries import checklists as queries
from pmo.services import checklists as services
from pmo.web import sections
from pmo.web.undo_offers import Undo, offer
from schemas.checklists import ItemCreateSchema, ItemForm, ItemPlacementSchema, ItemStateForm

bp = Blueprint("checklists", __name__)

NEEDED = Capability.TASK_EDIT


@bp.post("/tasks/<int:task_id>/checklist")
@requires(NEEDED)
def create(task_id: int) -> ResponseReturnValue:
    """Add an item."""
    given = ItemCreateSchema().load(request.form)
    services.add(task_id, **given, actor=current.actor(), at=clock.now())
    return _changed(task_id)


@bp.post("/checklist-items/<int:item_id>")
@requires(NEEDED)
def update(item_id: int) -> ResponseReturnValue:
    """Write the text of an item."""
    given = ItemForm().load(request.form)
    version = given.pop("version")
    fact = services.edit(
        item_id, given, expected_version=version, actor=current.actor(), at=clock.now()
    )
    return _changed(fact.task_id)


@bp.post("/checklist-items/<int:item_id>/state")
@requires(NEEDED)
def tick(item_id: int) -> ResponseReturnValue:
    """Tick an item, or take the tick back."""
    given = ItemStateForm().load(request.form)
    fact = services.edit(
        item_id, given, expected_version=None, actor=current.actor(), at=clock.now()
    )
    return _changed(fact.task_id)


@bp.post("/checklist-items/<int:item_id>/placement")
@requires(NEEDED)
def place(item_id: int) -> ResponseReturnValue:
    """Move an item in its list."""
    wanted = ItemPlacementSchema().load(request.form)
    fact = services.place(item_id, **wanted, actor=current.actor(), at=clock.now())
    return _changed(fact.task_id)


@bp.post("/checklist-items/<int:item_id>/removal")
@requires(NEEDED)
def destroy(item_id: int) -> ResponseReturnValue:
    """Remove an item."""
    fact = services.remove(item_id, actor=current.actor(), at=clock.now())
    return _changed(fact.task_id, offer(fact.event_id, _("The item is removed.")))


@bp.post("/checklist-items/<int:item_id>/task")
@requires(NEEDED)
def convert(item_id: int) -> ResponseReturnValue:
    """Make a card of an item; the columns of the board are asked for anew."""
    fact = services.convert(item_id, actor=current.actor(), at=clock.now())
    response = make_response(_changed(fact.task_id))
    response.headers["HX-Trigger"] = "board:stale"
    return response


def facts(task_id: int) -> dict[str, Any]:
    """Return what the section shows; beside each item the one to put it before, up and down."""
    items = queries.of_task(task_id, current.actor())
    ids: list[int | None] = [item.id for item in items]
    above: list[int | None] = [None, *ids][: len(ids)]
    below: list[int | None] = [*ids[2:], None, None][: len(ids)]
    return {"checklist": list(zip(items, above, below, strict=True))}


def _changed(task_id: int, undo: Undo | None = None) -> ResponseReturnValue:
    return sections.changed(
        task_id, "tasks/show/_checklist.html", anchor="checklist", undo=undo, **facts(task_id)
    )
