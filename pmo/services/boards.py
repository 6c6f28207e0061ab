"""Commands on boards and their columns, and the revision that every page of a board rides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import locked, rows, transaction
from pmo.domain import ageing
from pmo.domain.board_templates import DEFAULT_COLUMNS, MOST_COLUMNS, ColumnPlan
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import WipKind
from pmo.errors import Conflict, InUse, Invalid, NotFound, StaleVersion
from pmo.models import Board, Column, Project, Task
from pmo.queries import access
from pmo.services import automation_rules, board_locks, journal, ranks

MOST_BOARDS = 20


@dataclass(frozen=True, slots=True)
class BoardChanged:
    """A board, or one of its columns, was made or changed.

    removed_rules: names of those that went with a column, because they named it.
    """

    board_id: int
    column_id: int | None = None
    removed_rules: tuple[str, ...] = ()


def create_default(project_id: int, *, name: str, actor: Actor, at: datetime) -> BoardChanged:
    """Add a board with the usual columns, as `create_of` does."""
    return create_of(project_id, name=name, plans=DEFAULT_COLUMNS, actor=actor, at=at)


def create_of(
    project_id: int,
    *,
    name: str,
    plans: Sequence[ColumnPlan],
    template: str = "",
    actor: Actor,
    at: datetime,
) -> BoardChanged:
    """Add a board with these columns, inside the transaction of a command that checked the actor.

    template: the name of the one that they are of. Raises InUse at the most boards.
    """
    locked(Project.select(Project.id).where(Project.id == project_id)).get()
    keys = {key for (key,) in rows(Board.select(Board.key).where(Board.project == project_id))}
    if len(keys) >= MOST_BOARDS:
        raise InUse(count=len(keys))
    number = len(keys) + 1
    while f"b{number}" in keys:  # a portfolio file names boards as it likes
        number += 1
    position = len(keys) + 1
    board = Board.create(project=project_id, key=f"b{number}", name=name, position=position)
    for plan in plans:
        _append_column(board, plan)
    journal.append(
        "board.created",
        actor=actor,
        at=at,
        project_id=project_id,
        data={"board": board.key, "name": name, **({"template": template} if template else {})},
    )
    return BoardChanged(board.id)


def column_ids(board_id: int) -> list[int]:
    """Return the columns of a board, left to right."""
    query = Column.select(Column.id).where(Column.board == board_id).order_by(Column.position)
    return [column_id for (column_id,) in rows(query)]


def rename(
    board_id: int, *, name: str, expected_version: int | None, actor: Actor, at: datetime
) -> BoardChanged:
    """Give a board another name. Raises NotFound, Forbidden, StaleVersion."""
    with transaction():
        found = access.board(board_id, actor, Capability.BOARD_CONFIGURE)
        [board] = board_locks.lock_layout([board_id])
        _check_version(board.version, expected_version)
        if board.name != name:
            changes = {"name": [board.name, name]}
            board.name = name
            board.version += 1
            board.save()
            _record("board.edited", found, actor, at, {"board": board.key, "changes": changes})
            board_locks.relayout(board_id)
    return BoardChanged(board_id)


def add_column(board_id: int, *, plan: ColumnPlan, actor: Actor, at: datetime) -> BoardChanged:
    """Add a column at the right end. Raises NotFound, Forbidden, InUse at the most columns."""
    with transaction():
        found = access.board(board_id, actor, Capability.BOARD_CONFIGURE)
        [board] = board_locks.lock_layout([board_id])
        count = Column.select().where(Column.board == board_id).count()
        if count >= MOST_COLUMNS:
            raise InUse(count=count)
        column = _append_column(board, plan)
        data = {"board": board.key, "column": column.key, "name": plan.name}
        _record("column.added", found, actor, at, data)
        board_locks.relayout(board_id)
    return BoardChanged(board_id, column.id)


def edit_column(
    column_id: int,
    *,
    changes: dict[str, Any],
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> BoardChanged:
    """Change a column's name, meaning, limit or definition of done.

    changes: of the fields of `ColumnPlan`, the ones to set.
    Raises NotFound, Forbidden, StaleVersion, Invalid (a limit without a kind, red before amber).
    """
    with transaction():
        found = access.column(column_id, actor, Capability.BOARD_CONFIGURE)
        board_locks.lock_layout([found.board_id])
        column = _present(column_id)
        _check_version(column.version, expected_version)
        before = {field: getattr(column, field) for field in changes}
        for field, value in changes.items():
            setattr(column, field, value)
        _check_limit(column.wip_limit, column.wip_kind)
        _check_days(column.amber_days, column.red_days)
        changed = {
            field: [before[field], value]
            for field, value in changes.items()
            if before[field] != value
        }
        if changed:
            column.version += 1
            column.save()
            data = {"board": column.board.key, "column": column.key, "changes": changed}
            _record("column.edited", found, actor, at, data)
            board_locks.relayout(found.board_id)
    return BoardChanged(found.board_id, column_id)


def move_column(
    column_id: int, *, before_id: int | None, actor: Actor, at: datetime
) -> BoardChanged:
    """Put a column before another of its board, or at the right end.

    Raises NotFound, Forbidden.
    """
    with transaction():
        found = access.column(column_id, actor, Capability.BOARD_CONFIGURE)
        [board] = board_locks.lock_layout([found.board_id])
        order = list(Column.select().where(Column.board == board.id).order_by(Column.position))
        moving = _present(column_id)
        rest = [column for column in order if column.id != column_id]
        place = len(rest)
        if before_id is not None and before_id != column_id:
            ids = [column.id for column in rest]
            if before_id not in ids:
                raise NotFound(kind="column")
            place = ids.index(before_id)
        elif before_id == column_id:
            place = order.index(moving)
        rest.insert(place, moving)
        if rest != order:
            _write_positions(rest)
            data = {"board": board.key, "order": [column.key for column in rest]}
            _record("column.moved", found, actor, at, data)
            board_locks.relayout(board.id)
    return BoardChanged(found.board_id, column_id)


def remove_column(
    column_id: int, *, expected_version: int | None, actor: Actor, at: datetime
) -> BoardChanged:
    """Remove an empty column. Raises NotFound, Forbidden, InUse, StaleVersion, Conflict.

    A board keeps at least one column. Archived tasks of the column stand in the one beside it from
    then on, at the end, where they come back to.
    """
    with transaction():
        found = access.column(column_id, actor, Capability.BOARD_CONFIGURE)
        [board] = board_locks.lock_layout([found.board_id])
        column = _present(column_id)
        _check_version(column.version, expected_version)
        if column.task_count:
            raise InUse(count=column.task_count)
        if Column.select().where(Column.board == board.id).count() == 1:
            raise Conflict
        data = {"board": board.key, "column": column.key, "name": column.name}
        data |= _move_archive(column)
        rules = automation_rules.remove_naming(column, actor=actor, at=at)
        Column.delete().where(Column.id == column_id).execute()
        _record("column.removed", found, actor, at, data)
        board_locks.relayout(board.id)
    return BoardChanged(found.board_id, removed_rules=tuple(rules))


def _move_archive(column: Column) -> dict[str, str]:
    """Move the archived tasks of a column to the one on its left, or else on its right."""
    archived = Task.column == column.id
    if not Task.select().where(archived).exists():
        return {}
    others = Column.select().where((Column.board == column.board_id) & (Column.id != column.id))
    left = others.where(Column.position < column.position).order_by(Column.position.desc())
    beside = left.first() or others.order_by(Column.position).first()
    last = ranks.last(beside.id) or 0
    Task.update(column=beside.id, rank=Task.rank + last).where(archived).execute()
    return {"archive_to": beside.key}


def _present(column_id: int) -> Column:
    """Read a column under the lock of its board. Raises NotFound if it went meanwhile."""
    column = Column.get_or_none(Column.id == column_id)
    if column is None:
        raise NotFound(kind="column")
    return column


def _append_column(board: Board, plan: ColumnPlan) -> Column:
    _check_limit(plan.wip_limit, plan.wip_kind)
    _check_days(plan.amber_days, plan.red_days)
    last = Column.select(pw.fn.MAX(Column.position)).where(Column.board == board.id).scalar()
    column = Column.create(
        board=board,
        key=f"c{board.next_column_number}",
        name=plan.name,
        meaning=plan.meaning,
        position=(last or 0) + 1,
        wip_limit=plan.wip_limit,
        wip_kind=plan.wip_kind,
        definition_of_done=plan.definition_of_done,
        amber_days=plan.amber_days,
        red_days=plan.red_days,
    )
    board.next_column_number += 1
    board.save()
    return column


def _check_limit(limit: int | None, kind: WipKind) -> None:
    if (limit is None) != (kind is WipKind.NONE):
        raise Invalid({"wip_limit": ["A limit needs a number and a kind, or neither."]})


def _check_days(amber_days: int | None, red_days: int | None) -> None:
    if not ageing.is_order(amber_days, red_days):
        raise Invalid({"red_days": ["Red comes after amber."]})


def _check_version(present: int, expected: int | None) -> None:
    if expected is not None and expected != present:
        raise StaleVersion(version=present)


def _write_positions(order: list[Column]) -> None:
    for position, column in enumerate(order, start=1):
        column.position = position
        column.save()


def _record(
    kind: str, found: access.ProjectAccess, actor: Actor, at: datetime, data: dict[str, Any]
) -> None:
    journal.append(kind, actor=actor, at=at, project_id=found.project_id, data=data)
