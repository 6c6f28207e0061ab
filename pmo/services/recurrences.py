"""Commands on the cyclogram of a project: its recurring tasks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pmo.db import locked, rows, transaction
from pmo.domain import recurrence_turns, recurrences
from pmo.domain.permissions import Actor, Capability
from pmo.domain.recurrence_turns import Schedule
from pmo.domain.recurrences import Occurrence, Rule
from pmo.domain.vocabulary import OccurrenceOutcome
from pmo.errors import AlreadyRecurring, NotFound, StaleVersion, TooMany
from pmo.models import Project, Recurrence, RecurrenceOccurrence, Task
from pmo.queries import access, recurrence_days
from pmo.services import journal, recurrence_values


@dataclass(frozen=True, slots=True)
class Added:
    """A recurring task was added. occurrence: the one that the card it was made of stands for."""

    recurrence_id: int
    project_id: int
    occurrence: Occurrence | None = None


def add(
    project_id: int, *, values: Mapping[str, Any], actor: Actor, at: datetime, today: date
) -> Added:
    """Add a recurring task behind the others. values: of `recurrence_values.FIELDS`.

    `title`, `column_id`, `rule` and `starts_on` are required. What was due before today is not
    made up for. Raises NotFound, Forbidden, Invalid, TooMany.
    """
    with transaction():
        access.project(project_id, actor, Capability.PROJECT_EDIT)
        row = _added(project_id, values, actor=actor, at=at, today=today)
        _record("recurrence.added", row, actor, at, recurrence_values.portable(row))
    return Added(row.id, project_id)


def add_of_task(
    task_id: int, *, values: Mapping[str, Any], actor: Actor, at: datetime, today: date
) -> Added:
    """Make a recurring task of a card; it stands for the occurrence that its day falls into.

    values: as for `add`. Raises NotFound, Forbidden, Invalid, TooMany, AlreadyRecurring.
    """
    with transaction():
        found = access.task(task_id, actor, Capability.PROJECT_EDIT)
        row = _added(found.project_id, values, actor=actor, at=at, today=today)
        task = locked(Task.select().where(Task.id == task_id)).get()
        if RecurrenceOccurrence.select().where(RecurrenceOccurrence.task == task_id).exists():
            raise AlreadyRecurring
        occurrence = recurrence_turns.standing_for(
            schedule_of(row),
            due_on=task.due_on,
            today=today,
            is_working=recurrence_days.is_working(),
        )
        if occurrence is not None:
            settle(row.id, occurrence, OccurrenceOutcome.MADE, task_id=task_id, at=at)
        data = recurrence_values.portable(row)
        data |= {"occurrence": occurrence.key} if occurrence else {}
        _record("recurrence.added", row, actor, at, data, task_id=task_id)
    return Added(row.id, found.project_id, occurrence)


def edit(
    recurrence_id: int,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Write the given fields; cards that were made stay as they are.

    Raises NotFound, Forbidden, Invalid, StaleVersion.
    """
    with transaction():
        found = access.recurrence(recurrence_id, actor, Capability.PROJECT_EDIT)
        before = recurrence_values.present(_loaded(recurrence_id))
        wanted = before | dict(changes)
        if "assignee_ids" not in changes:  # who has left the project may stay on the list
            wanted["assignee_ids"] = []
        values = recurrence_values.checked(found.project_id, wanted, at=at)
        row = _loaded(recurrence_id, lock=True)
        _check_version(row, expected_version)
        was = recurrence_values.portable(row)
        for name, value in values.row.items():
            setattr(row, name, value)
        people = values.assignee_ids if "assignee_ids" in changes else before["assignee_ids"]
        recurrence_values.write_lists(
            row.id, recurrence_values.Checked(values.row, people, values.label_ids)
        )
        now = recurrence_values.portable(row)
        changed = {name: [was[name], new] for name, new in now.items() if new != was[name]}
        if changed:
            row.version += 1
            row.save()
            _record("recurrence.edited", row, actor, at, {"changes": changed})


def switch(
    recurrence_id: int,
    *,
    is_on: bool,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
    today: date,
) -> None:
    """Pause a recurring task, or let it go on from today: what was due meanwhile does not come.

    Raises NotFound, Forbidden, StaleVersion.
    """
    with transaction():
        access.recurrence(recurrence_id, actor, Capability.PROJECT_EDIT)
        row = _loaded(recurrence_id, lock=True)
        _check_version(row, expected_version)
        if row.is_on == is_on:
            return
        row.is_on = is_on
        row.since = today if is_on else row.since
        row.version += 1
        row.save()
        kind = "recurrence.resumed" if is_on else "recurrence.paused"
        _record(kind, row, actor, at, {"title": row.title})


def place(recurrence_id: int, *, before_id: int | None, actor: Actor, at: datetime) -> None:
    """Put a recurring task before another of its project, or behind all.

    Raises NotFound, Forbidden.
    """
    with transaction():
        found = access.recurrence(recurrence_id, actor, Capability.PROJECT_EDIT)
        present = _locked_in_order(found.project_id)
        moving = [row for row in present if row.id == recurrence_id]
        others = [row for row in present if row.id != recurrence_id]
        places = [index for index, row in enumerate(others) if row.id == before_id]
        if before_id == recurrence_id:
            return
        if not moving or (before_id is not None and not places):
            raise NotFound(kind="recurrence")
        index = places[0] if places else len(others)
        order = [*others[:index], *moving, *others[index:]]
        if order == present:
            return
        for position, row in enumerate(order, start=1):
            if row.position != position:
                this = Recurrence.id == row.id
                Recurrence.update(position=position).where(this).execute()
        before = others[index].key if places else None
        _record("recurrence.edited", moving[0], actor, at, {"before": before})


def remove(recurrence_id: int, *, expected_version: int | None, actor: Actor, at: datetime) -> None:
    """Remove a recurring task; its cards stay. Raises NotFound, Forbidden, StaleVersion."""
    with transaction():
        access.recurrence(recurrence_id, actor, Capability.PROJECT_EDIT)
        row = _loaded(recurrence_id, lock=True)
        _check_version(row, expected_version)
        made = RecurrenceOccurrence.task.is_null(False)
        made &= RecurrenceOccurrence.recurrence == recurrence_id
        cards = RecurrenceOccurrence.select().where(made).count()
        _record("recurrence.removed", row, actor, at, {"title": row.title, "cards": cards})
        row.delete_instance()


def schedule_of(row: Recurrence) -> Schedule:
    """Return when a recurring task runs."""
    return Schedule(rule_of(row), row.starts_on, row.until, row.since, row.days_ahead)


def rule_of(row: Recurrence) -> Rule:
    """Return the rule of a recurring task."""
    return Rule(row.rule, row.month_from, row.month_to, row.day, tuple(row.weekdays), row.times)


def settle(
    recurrence_id: int,
    occurrence: Occurrence,
    outcome: OccurrenceOutcome,
    *,
    task_id: int | None = None,
    note: Mapping[str, Any] | None = None,
    at: datetime,
) -> bool:
    """Say what became of an occurrence, inside a transaction; False if it was settled before.

    One that is held is not settled. note: None keeps what was noted. The unique key decides
    between those who come at once.
    """
    row = RecurrenceOccurrence
    values: dict[str, Any] = {"outcome": outcome, "task": task_id, "at": at}
    values |= {} if note is None else {"note": dict(note)}
    about = {
        "recurrence": recurrence_id,
        "key": occurrence.key,
        "starts_on": occurrence.starts_on,
        "ends_on": occurrence.ends_on,
        "due_on": occurrence.due_on,
    }
    fresh = rows(
        row.insert(**about, **{"note": {}, **values}).on_conflict_ignore().returning(row.id)
    )
    if fresh:
        return True
    same = (row.recurrence == recurrence_id) & (row.key == occurrence.key)
    held = row.outcome == OccurrenceOutcome.HELD
    return bool(row.update(values).where(same & held).execute())


def _added(
    project_id: int, values: Mapping[str, Any], *, actor: Actor, at: datetime, today: date
) -> Recurrence:
    others = _locked_in_order(project_id)
    if len(others) >= recurrences.MOST_RECURRENCES:
        raise TooMany(most=recurrences.MOST_RECURRENCES)
    whole = {**recurrence_values.DEFAULTS, **values}
    checked = recurrence_values.checked(project_id, whole, at=at)
    row = Recurrence.create(
        project=project_id,
        key=f"r{_next_number(project_id)}",
        position=max((other.position for other in others), default=0) + 1,
        since=today,
        created_by=actor.user_id,
        **checked.row,
    )
    recurrence_values.write_lists(row.id, checked)
    return row


def _next_number(project_id: int) -> int:
    take = Project.update(next_recurrence_number=Project.next_recurrence_number + 1)
    take = take.where(Project.id == project_id).returning(Project.next_recurrence_number)
    [(following,)] = rows(take)
    return int(following) - 1


def _locked_in_order(project_id: int) -> list[Recurrence]:
    locked(Project.select(Project.id).where(Project.id == project_id)).get()
    own = Recurrence.select().where(Recurrence.project == project_id)
    return list(own.order_by(Recurrence.position, Recurrence.id))


def _loaded(recurrence_id: int, *, lock: bool = False) -> Recurrence:
    query = Recurrence.select().where(Recurrence.id == recurrence_id)
    row: Recurrence | None = (locked(query) if lock else query).first()
    if row is None:
        raise NotFound(kind="recurrence")
    return row


def _check_version(row: Recurrence, expected: int | None) -> None:
    if expected not in {None, row.version}:
        raise StaleVersion(version=row.version)


def _record(
    kind: str,
    row: Recurrence,
    actor: Actor,
    at: datetime,
    data: Mapping[str, Any],
    *,
    task_id: int | None = None,
) -> None:
    said = {"recurrence": row.key, **data}
    journal.append(kind, actor=actor, at=at, project_id=row.project_id, task_id=task_id, data=said)
