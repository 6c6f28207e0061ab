"""Commands on tasks: create, place on a board, edit.

Rows are locked in one order everywhere: project (its counter), columns by id, task, board.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmo.db import rows, transaction
from pmo.domain import ordering, periods, wip
from pmo.domain.done import Confirmed
from pmo.domain.periods import Period
from pmo.domain.permissions import Actor, Capability
from pmo.domain.placements import Placed
from pmo.domain.vocabulary import SprintState
from pmo.domain.wip import Overrun
from pmo.domain.wip_rules import Overload
from pmo.errors import EditConflict, NotFound, ResultsMissing, StaleVersion
from pmo.models import Project, Task
from pmo.queries import access
from pmo.services import (
    board_locks,
    journal,
    move_rules,
    ranks,
    task_facts,
    task_fields,
    task_places,
    wip_rules,
)


@dataclass(frozen=True, slots=True)
class Created:
    """A task was made at the end of a column; overrun, overloads: as of `Placed`."""

    task_id: int
    board_id: int
    column_id: int
    revision: int
    overrun: Overrun | None
    event_id: int
    overloads: tuple[Overload, ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """A task was edited. changed: names of the fields, () if nothing was different.

    overloads: as of `Placed`.
    """

    task_id: int
    board_id: int
    column_id: int
    version: int
    changed: tuple[str, ...]
    event_id: int | None = None
    overloads: tuple[Overload, ...] = ()


@board_locks.restarted
def create(
    column_id: int,
    *,
    fields: Mapping[str, Any],
    confirmed: Confirmed = False,
    actor: Actor,
    at: datetime,
) -> Created:
    """Add a task at the end of a column.

    fields: of `task_fields.FIELDS`; `title` is required, the rest has defaults. confirmed: as
    for `place`. Raises NotFound (column, stage, label, person), Forbidden, EntryNotAllowed,
    DefinitionOfDoneAsked, WipLimitReached, WipRuleReached.
    """
    with transaction():
        found = access.column(column_id, actor, Capability.TASK_EDIT)
        number = next_number(found.project_id)
        column = board_locks.lock_columns(column_id)[column_id]
        move_rules.check_entry(found, found.rules, column)
        held = task_facts.confirmed_data(column, confirmed)
        overrun = _check_limit(column)
        wanted = task_fields.wanted(found.project_id, fields, at=at)
        task = Task.create(
            project=found.project_id,
            number=number,
            column=column_id,
            rank=ordering.between(ranks.last(column_id), None),
            created_by=actor.user_id,
            created_at=at,
            entered_at=at,
            **task_fields.row_values(task_fields.with_defaults(wanted)),
        )
        task_fields.write_lists(task.id, wanted)
        revision = board_locks.next_revision(found.board_id)
        board_locks.count(column_id, 1, task.weight, revision=revision)
        loads = wip_rules.check_entry(found.rules, task.id, column)
        data = {
            "board": found.board_key,
            "column": column.key,
            "meaning": column.meaning.value,
            "column_name": column.name,
            **task_facts.begun(
                weight=task.weight,
                stage=wanted["stage"].portable if "stage" in wanted else None,
                blocked_reason=task.blocked_reason,
            ),
            **held,
            **task_facts.over(overrun, loads),
            **_assigned(wanted),
        }
        event_id = _event("task.created", found, task.id, data, actor=actor, at=at)
    return Created(task.id, found.board_id, column_id, revision, overrun, event_id, loads)


@board_locks.restarted
def place(  # noqa: PLR0913 - where, how, who and when
    task_id: int,
    *,
    column_id: int,
    before_id: int | None = None,
    revision: int | None = None,
    confirmed: Confirmed = False,
    actor: Actor,
    at: datetime,
) -> Placed:
    """Move a task before another one, or to the end of a column.

    before_id: the neighbour below; if somebody has moved it to another column
    meanwhile, the task goes to the end. revision: of the board as the mover saw it.
    confirmed: the lines of the definition of done that hold, or True for all of them; asked
    for when the task enters a column that means done.
    Raises NotFound, Forbidden, MoveNotAllowed, DefinitionOfDoneAsked, WipLimitReached,
    WipRuleReached.
    """
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_EDIT)
        target = access.column(column_id, actor, Capability.TASK_EDIT)
        _same_project(found, target, before_id)
        standing, columns = task_places.locked(found, column_id)
        source, column = columns[standing.column_id], columns[column_id]
        entering = source.id != column.id
        if entering:
            move_rules.check_move(found, target, source, column)
        held = task_facts.confirmed_data(column, confirmed) if entering else {}
        overrun = _check_limit(column) if entering else None
        rank = task_places.rank_before(standing, column_id, before_id)
        if rank is None:
            same = (found.board_id, source.id, source.id)
            return Placed(task_id, *same, revision, found.board_revision, None)
        if entering:
            task_places.enter(
                task_id=task_id, column_id=column_id, rank=rank, at=Task.entered_at.db_value(at)
            )
        else:
            task_places.set_rank(task_id=task_id, rank=rank)
        revisions = board_locks.next_revisions({source.board_id, column.board_id})
        weight = standing.weight if entering else 0
        board_locks.count(column.id, int(entering), weight, revision=revisions[column.board_id])
        if entering:
            board_locks.count(source.id, -1, -weight, revision=revisions[source.board_id])
        loads = wip_rules.check_entry(target.rules, task_id, column, source)
        data = {
            "board": target.board_key,
            **({} if found.board_key == target.board_key else {"from_board": found.board_key}),
            **task_facts.standing("from", source),
            **task_facts.standing("to", column),
            "from_before": standing.below,
            **held,
            **task_facts.over(overrun, loads),
        }
        kind = "task.moved" if entering else "task.reordered"
        event_id = _event(kind, found, task_id, data, actor=actor, at=at)
    way = (column.board_id, source.id, column.id)
    return Placed(task_id, *way, revision, revisions[column.board_id], overrun, event_id, loads)


@board_locks.restarted
def edit(  # noqa: PLR0913 - what, on which base, who and when
    task_id: int,
    changes: Mapping[str, Any],
    *,
    base_version: int,
    strict: bool = False,
    act_id: int | None = None,
    actor: Actor,
    at: datetime,
) -> Edited:
    """Change fields of a task; what others changed meanwhile stays, field by field.

    changes: of `task_fields.FIELDS`, as the editor left them; those that still have
    the value of `base_version` count as not touched. strict: refuse any other version
    than the present one (a precondition of the API). act_id: the first event of the act that
    the edit belongs to. Raises NotFound, Forbidden, EditConflict, StaleVersion (strict, or a
    version to come), WipRuleReached, ResultsMissing.
    """
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_EDIT)
        standing, columns = task_places.locked(found, found.column_id)
        task = Task.get_by_id(task_id)
        if base_version > task.version or (strict and base_version != task.version):
            raise StaleVersion(version=task.version)
        present = task_fields.portable(task)
        wanted = task_fields.wanted(found.project_id, changes, at=at, task_id=task_id)
        touched = task_fields.changed_since(task_id, base_version)
        merge = task_fields.merged(present, wanted, touched)
        if merge.conflicts:
            raise EditConflict(merge.conflicts, version=task.version, others=tuple(touched))
        if not merge.changes:
            return Edited(task_id, found.board_id, task.column_id, task.version, ())
        weight_before, period_before = task.weight, task.period
        _check_result(found, task, merge.changes)
        wanted = task_fields.only(wanted, merge.changes)
        task_fields.follow_period(task, wanted, merge.changes)
        for name, value in task_fields.row_values(wanted).items():
            setattr(task, name, value)
        task.version += 1
        task.save()
        task_fields.write_lists(task_id, wanted)
        column = columns[standing.column_id]
        revision = board_locks.next_revision(column.board_id)
        board_locks.count(column.id, 0, task.weight - weight_before, revision=revision)
        loads = wip_rules.check_edit(found.rules, task_id, column, merge.changes)
        data = {"version": task.version, "changes": merge.changes, **task_facts.over(None, loads)}
        data |= _period_was(period_before) if "period" in merge.changes else {}
        event_id = _event("task.edited", found, task_id, data, actor=actor, at=at, act_id=act_id)
    changed = tuple(merge.changes)
    return Edited(task_id, column.board_id, column.id, task.version, changed, event_id, loads)


def next_number(project_id: int, count: int = 1) -> int:
    """Take the next number of the project, or so many; its row is the lock."""
    take = Project.update(next_task_number=Project.next_task_number + count)
    take = take.where(Project.id == project_id).returning(Project.next_task_number)
    [(following,)] = rows(take)
    return int(following) - count


def _same_project(
    found: access.TaskAccess, target: access.ColumnAccess, before_id: int | None
) -> None:
    """Refuse a column or a neighbour of another project as if it did not exist."""
    if target.project_id != found.project_id:
        raise NotFound(kind="column")
    own = {"task_id": before_id, "project_id": found.project_id}
    if before_id is not None and not task_places.is_of_project(**own):
        raise NotFound(kind="task")


def _check_result(found: access.TaskAccess, task: Task, changes: Mapping[str, list[Any]]) -> None:
    """Refuse that a card of a running sprint no longer says what is expected of it."""
    is_emptied = "expected_result" in changes and not changes["expected_result"][1]
    if is_emptied and task.sprint is not None and task.sprint.state is SprintState.ACTIVE:
        raise ResultsMissing(cards=f"{found.code}-{task.number}")


def _period_was(period: Period | None) -> dict[str, Any]:
    return {"period_was": period and periods.to_dict(period)}


def _check_limit(column: board_locks.LockedColumn) -> Overrun | None:
    return wip.check(column.wip_limit, column.wip_kind, count=column.task_count, column=column.name)


def _assigned(wanted: task_fields.Wanted) -> dict[str, Any]:
    people = wanted["assignees"].portable if "assignees" in wanted else []
    return {"assignees": people} if people else {}


def _event(  # noqa: PLR0913 - the columns of a row
    kind: str,
    found: access.ProjectAccess,
    task_id: int,
    data: dict[str, Any],
    *,
    actor: Actor,
    at: datetime,
    act_id: int | None = None,
) -> int:
    return journal.append(
        kind,
        actor=actor,
        at=at,
        project_id=found.project_id,
        task_id=task_id,
        data=data,
        act_id=act_id,
    )
