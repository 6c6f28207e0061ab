"""Where a task can be moved to: the columns of its board, with their cards."""

from dataclasses import dataclass
from datetime import date

from pmo.db import rows
from pmo.domain import move_rules
from pmo.domain.board_rules import Rules
from pmo.domain.permissions import Actor, Capability
from pmo.models import Column, Task
from pmo.queries import access, boards, cards, tasks
from pmo.queries.boards import ColumnHead
from pmo.queries.move_rules import of_boards
from pmo.queries.tasks import TaskView


@dataclass(frozen=True, slots=True)
class PlacementColumn:
    """A column as a target: its head and the cards one can be put before (id, key, title).

    is_kept: a rule of the board keeps the way there for others than this actor.
    """

    head: ColumnHead
    is_kept: bool
    cards: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class PlacementView:
    """Where a task can be moved to: all columns of its board, with their cards' titles."""

    task: TaskView
    columns: tuple[PlacementColumn, ...]


def of_task(task_id: int, actor: Actor, *, today: date) -> PlacementView:
    """Return the places that a task can be moved to. Raises NotFound, Forbidden."""
    found = access.task(task_id, actor, Capability.TASK_EDIT)
    view = tasks.task(task_id, actor, today=today)
    rules = of_boards(view.board_id) if found.rules & Rules.MOVE else ()
    is_lead = found.may(Capability.BOARD_CONFIGURE)
    titles: dict[int, list[tuple[int, str, str]]] = {}
    others = Task.select(Task.column, Task.id, Task.number, Task.title).join(Column)
    on_board = (Column.board == view.board_id) & (Task.id != task_id) & cards.LIVE
    others = others.where(on_board).order_by(Task.rank)
    for column_id, id_, number, title in rows(others):
        titles.setdefault(column_id, []).append((id_, f"{view.project_code}-{number}", title))
    heads = boards.column_heads(view.board_id)

    def is_kept(target: int) -> bool:
        way = {"source": view.column_id, "target": target}
        return target != view.column_id and not move_rules.allows(rules, **way, is_lead=is_lead)

    targets = (
        PlacementColumn(head, is_kept(head.id), tuple(titles.get(head.id, ()))) for head in heads
    )
    return PlacementView(view, tuple(targets))
