"""Commands on tasks: create, place on a board, edit.

Rows are locked in one order everywhere: project (its counter), columns by id, task, board.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmo.db import rows, transaction
from pmo.domain import ordering, wip
from pmo.domain.permissions import Actor, Capability
from pmo.domain.placements import Placed
from pmo.domain.vocabulary import WipKind
from pmo.domain.wip import Overrun
from pmo.errors import EditConflict, NotFound, StaleVersion
from pmo.models import Column, Project, Task
from pmo.queries import access
from pmo.services import boards, journal, ranks, task_fields


@dataclass(frozen=True, slots=True)
class Created:
    """A task was made at the end of a column. overrun: a soft limit that was passed."""

    task_id: int
    board_id: int
    column_id: int
    revision: int
    overrun: Overrun | None


@dataclass(frozen=True, slots=True)
class Edited:
    """A task was edited. changed: names of the fields, () if nothing was different."""

    task_id: int
    board_id: int
    column_id: int
    version: int
    changed: tuple[str, ...]


def create(column_id: int, *, fields: Mapping[str, Any], actor: Actor, at: datetime) -> Created:
    """Add a task at the end of a column.

    fields: of `task_fields.FIELDS`; `title` is required, the rest has defaults.
    Raises NotFound (column, stage, label, person), Forbidden, WipLimitReached.
    """
    with transaction():
        found = access.column(column_id, actor, Capability.TASK_EDIT)
        number = _next_number(found.project_id)
        column = boards.lock_columns([column_id])[column_id]
        overrun = _check_limit(column)
        wanted = task_fields.wanted(found.project_id, fields, at=at)
        task = Task.create(
            project=found.project_id,
            number=number,
            column=column_id,
            rank=ordering.between(ranks.last(column_id), None),
            created_by=actor.user_id,
            created_at=at,
            **task_fields.row_values(task_fields.with_defaults(wanted)),
        )
        task_fields.write_lists(task.id, wanted)
        _count_in(column_id, +1, task.weight)
        data = {
            "board": found.board_key,
            "column": column.key,
            "meaning": column.meaning.value,
            "column_name": column.name,
            **_over(overrun),
        }
        _record("task.created", task, actor, at, data)
        revision = boards.raise_revision(found.board_id, columns=[column_id])
    return Created(task.id, found.board_id, column_id, revision, overrun)


def place(
    task_id: int,
    *,
    column_id: int,
    before_id: int | None = None,
    revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> Placed:
    """Move a task before another one, or to the end of a column.

    before_id: the neighbour below; if somebody has moved it to another column
    meanwhile, the task goes to the end. revision: of the board as the mover saw it.
    Raises NotFound, Forbidden, WipLimitReached.
    """
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_EDIT)
        target = access.column(column_id, actor, Capability.TASK_EDIT)
        _same_project(found, target, before_id)
        task, columns = _locked_task(found, column_id)
        source, column = columns[task.column_id], columns[column_id]
        entering = source.id != column.id
        overrun = _check_limit(column) if entering else None
        if before_id == task_id or not ranks.write(task, column_id, before_id):
            same = (found.board_id, source.id, source.id)
            return Placed(task_id, *same, revision, found.board_revision, None)
        if entering:
            _count_in(source.id, -1, -task.weight)
            _count_in(column.id, +1, task.weight)
        data = {
            "board": target.board_key,
            **({} if found.board_key == target.board_key else {"from_board": found.board_key}),
            **_standing("from", source),
            **_standing("to", column),
            **_over(overrun),
        }
        _record("task.moved" if entering else "task.reordered", task, actor, at, data)
        if source.board_id != column.board_id:
            boards.raise_revision(source.board_id, columns=[source.id])
        present = boards.raise_revision(column.board_id, columns={source.id, column.id})
    return Placed(task_id, column.board_id, source.id, column.id, revision, present, overrun)


def edit(
    task_id: int,
    changes: Mapping[str, Any],
    *,
    base_version: int,
    strict: bool = False,
    actor: Actor,
    at: datetime,
) -> Edited:
    """Change fields of a task; what others changed meanwhile stays, field by field.

    changes: of `task_fields.FIELDS`, as the editor left them; those that still have
    the value of `base_version` count as not touched. strict: refuse any other version
    than the present one (a precondition of the API).
    Raises NotFound, Forbidden, EditConflict, StaleVersion (strict, or a version to come).
    """
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_EDIT)
        task, columns = _locked_task(found)
        if base_version > task.version or (strict and base_version != task.version):
            raise StaleVersion(version=task.version)
        present = task_fields.portable(task)
        wanted = task_fields.wanted(found.project_id, changes, at=at)
        touched = task_fields.changed_since(task_id, base_version)
        merge = task_fields.merged(present, wanted, touched)
        if merge.conflicts:
            raise EditConflict(merge.conflicts, version=task.version)
        if not merge.changes:
            return Edited(task_id, found.board_id, task.column_id, task.version, ())
        weight_before = task.weight
        wanted = task_fields.only(wanted, merge.changes)
        task_fields.follow_period(task, wanted, merge.changes)
        for name, value in task_fields.row_values(wanted).items():
            setattr(task, name, value)
        task.version += 1
        task.save()
        task_fields.write_lists(task_id, wanted)
        if task.weight != weight_before:
            _count_in(task.column_id, 0, task.weight - weight_before)
        data = {"version": task.version, "changes": merge.changes}
        _record("task.edited", task, actor, at, data)
        column = columns[task.column_id]
        boards.raise_revision(column.board_id, columns=[column.id])
    return Edited(task_id, column.board_id, column.id, task.version, tuple(merge.changes))


def _next_number(project_id: int) -> int:
    """Take the next number of the project; its row is the lock."""
    take = Project.update(next_task_number=Project.next_task_number + 1)
    take = take.where(Project.id == project_id).returning(Project.next_task_number)
    [(following,)] = rows(take)
    return int(following) - 1


def _locked_task(found: access.TaskAccess, *more_columns: int) -> tuple[Task, dict[int, Column]]:
    """Lock the task's column (and more), then read the task; follow it if it was moved."""
    column_id = found.column_id
    while True:
        columns = boards.lock_columns([column_id, *more_columns])
        task = Task.get_by_id(found.task_id)
        if task.column_id in columns:
            return task, columns
        column_id = task.column_id


def _same_project(
    found: access.TaskAccess, target: access.ColumnAccess, before_id: int | None
) -> None:
    """Refuse a column or a neighbour of another project as if it did not exist."""
    if target.project_id != found.project_id:
        raise NotFound(kind="column")
    if before_id is not None:
        neighbour = (Task.id == before_id) & (Task.project == found.project_id)
        if not Task.select().where(neighbour).exists():
            raise NotFound(kind="task")


def _check_limit(column: Column) -> Overrun | None:
    return wip.check(
        column.wip_limit, WipKind(column.wip_kind), count=column.task_count, column=column.name
    )


def _count_in(column_id: int, count: int, weight: int) -> None:
    sums = {"task_count": Column.task_count + count, "task_weight": Column.task_weight + weight}
    Column.update(sums).where(Column.id == column_id).execute()


def _standing(side: str, column: Column) -> dict[str, str]:
    """Describe a column for the journal, with values that outlive it."""
    return {
        side: column.key,
        f"{side}_meaning": column.meaning.value,
        f"{side}_name": column.name,
    }


def _over(overrun: Overrun | None) -> dict[str, Any]:
    if overrun is None:
        return {}
    return {"over_limit": {"limit": overrun.limit, "count": overrun.count}}


def _record(kind: str, task: Task, actor: Actor, at: datetime, data: dict[str, Any]) -> None:
    journal.append(kind, actor=actor, at=at, project_id=task.project_id, task_id=task.id, data=data)
