"""Making the cards of recurring tasks: a job of the clock, which makes each of them once.

Whoever comes first writes the row of an occurrence; its unique key keeps everybody else from it,
in other threads and other processes too. What cannot be made is held, with the reason, and tried
again until its period has passed.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import peewee as pw

from pmo.db import rows, transaction
from pmo.domain import recurrence_turns, recurrences
from pmo.domain.permissions import RecurrenceActor
from pmo.domain.recurrences import IsWorking, Occurrence
from pmo.domain.vocabulary import ColumnMeaning, OccurrenceOutcome, Role
from pmo.errors import NoColumnForCards, PmoError
from pmo.models import (
    ChecklistItem,
    Column,
    Membership,
    Project,
    Recurrence,
    RecurrenceAssignee,
    RecurrenceLabel,
    RecurrenceOccurrence,
    Task,
    User,
)
from pmo.queries import recurrence_days
from pmo.queries.recurrences import AT_REST
from pmo.services import journal, tasks
from pmo.services.recurrences import schedule_of, settle

AT_ONCE = 200
"""Occurrences of one recurring task that a turn of the clock settles; the next one goes on."""

log = logging.getLogger("pmo.cyclogram")


def make_due(at: datetime, today: date) -> None:
    """Make the cards that are due, and note what passed without one; a job of the clock."""
    is_working = recurrence_days.is_working()
    settled = _settled()
    in_work = Recurrence.is_on & Project.gate.not_in(list(AT_REST))
    found = Recurrence.select().join(Project).where(in_work).order_by(Recurrence.id)
    for row in list(found):  # read to its end: an open cursor would keep SQLite from writing
        _make_due_of(row, settled.get(row.id, set()), at, today, is_working)


def _make_due_of(
    row: Recurrence, known: set[str], at: datetime, today: date, is_working: IsWorking
) -> None:
    turns = recurrence_turns.turns(schedule_of(row), today, known, is_working=is_working)
    if turns.to_skip:
        try:
            _skip(row, turns.to_skip[:AT_ONCE], at)
        except Exception:  # one recurring task keeps no other from its cards
            log.exception("recurrence=%s", row.id)
    for occurrence in turns.to_make[:AT_ONCE]:
        make(row.id, occurrence, at=at)


def _skip(row: Recurrence, passed: Sequence[Occurrence], at: datetime) -> None:
    """Note what passed without a card; the lead is told once, however much that is."""
    with transaction():
        if _still_on(row.id) is None:
            return
        skipped = OccurrenceOutcome.SKIPPED
        fresh = [it for it in passed if settle(row.id, it, skipped, at=at)]
        for occurrence in fresh:
            is_last = occurrence is fresh[-1]
            _record("recurrence.skipped", row, occurrence, at, is_quiet=not is_last)


def make(recurrence_id: int, occurrence: Occurrence, *, at: datetime) -> int | None:
    """Make the card of an occurrence, once; return it, None if there is nothing to be made."""
    try:
        with transaction():
            row = _still_on(recurrence_id)
            if row is None or not settle(recurrence_id, occurrence, OccurrenceOutcome.MADE, at=at):
                return None
            return _make(row, occurrence, at)
    except PmoError as refusal:
        facts = {name: _fact(value) for name, value in refusal.facts.items()}
        note = {"code": refusal.code, "facts": {name: it for name, it in facts.items() if it}}
        _hold(recurrence_id, occurrence, note, at)
    except Exception:  # one that cannot be made keeps no other from it
        log.exception("recurrence=%s occurrence=%s", recurrence_id, occurrence.key)
        _hold(recurrence_id, occurrence, {"code": PmoError.code, "facts": {}}, at)
    return None


def _make(row: Recurrence, occurrence: Occurrence, at: datetime) -> int:
    people, left = _people(row)
    said: list[tuple[str, Any]] = [("recurrence", row.key), ("occurrence", occurrence.key)]
    said += [("left", left)] if left else []
    fields = {
        "title": row.title,
        "description": row.description,
        "kind": row.kind,
        "stage_id": row.stage_id,
        "plan_number": row.plan_number,
        "period": recurrences.written(occurrence),
        "due_on": occurrence.due_on,
        "weight": row.weight,
        "expected_result": row.expected_result,
        "responsible": row.responsible,
        "assignee_ids": people,
        "label_ids": _labels(row),
    }
    author = row.created_by_id
    actor = RecurrenceActor(
        author, "", "", Role.METHODIST, project_id=row.project_id, said=tuple(said)
    )
    task_id = tasks.create(_column(row), fields=fields, actor=actor, at=at).task_id
    _hang_checklist(task_id, row.checklist)
    same = RecurrenceOccurrence.recurrence == row.id
    same &= RecurrenceOccurrence.key == occurrence.key
    done = {"task": task_id, "note": {"left": left} if left else {}}
    RecurrenceOccurrence.update(done).where(same).execute()
    return task_id


def _settled() -> dict[int, set[str]]:
    """Return the keys of what needs no more doing, by recurring task; one statement."""
    row = RecurrenceOccurrence
    query = row.select(row.recurrence, row.key).join(Recurrence)
    query = query.where(Recurrence.is_on & (row.outcome != OccurrenceOutcome.HELD))
    found: dict[int, set[str]] = {}
    for recurrence_id, key in rows(query):
        found.setdefault(recurrence_id, set()).add(key)
    return found


def _still_on(recurrence_id: int) -> Recurrence | None:
    """Read a recurring task anew: it may have been paused, edited or removed meanwhile."""
    this = (Recurrence.id == recurrence_id) & Recurrence.is_on
    found: Recurrence | None = Recurrence.get_or_none(this)
    return found


def _people(row: Recurrence) -> tuple[list[int], list[str]]:
    """Return who gets the card, and the logins of those who cannot any more."""
    here = (Membership.user == User.id) & (Membership.project == row.project_id)
    query = User.select(User.id, User.login, User.is_active, Membership.id)
    query = query.join(RecurrenceAssignee).where(RecurrenceAssignee.recurrence == row.id)
    query = query.join_from(User, Membership, pw.JOIN.LEFT_OUTER, on=here).order_by(User.login)
    people, left = [], []
    for user_id, login, is_active, membership in rows(query):
        if is_active and membership is not None:
            people.append(user_id)
        else:
            left.append(login)
    return people, left


def _labels(row: Recurrence) -> list[int]:
    own = RecurrenceLabel.recurrence == row.id
    return [label for (label,) in rows(RecurrenceLabel.select(RecurrenceLabel.label).where(own))]


def _column(row: Recurrence) -> int:
    """Return where the card begins: the board's first column, if the chosen one is gone."""
    here = Column.board == row.board_id
    if row.column_id is not None:
        return row.column_id
    may_begin = here & (Column.meaning != ColumnMeaning.DONE)
    first = Column.select(Column.id).where(may_begin).order_by(Column.position, Column.id)
    for (column_id,) in rows(first.limit(1)):
        return int(column_id)
    raise NoColumnForCards


def _hang_checklist(task_id: int, texts: list[str]) -> None:
    if not texts:
        return
    items = [
        {"task": task_id, "position": position, "text": text}
        for position, text in enumerate(texts, start=1)
    ]
    ChecklistItem.insert_many(items).execute()
    Task.update(checklist_total=len(items)).where(Task.id == task_id).execute()


def _hold(
    recurrence_id: int, occurrence: Occurrence, note: Mapping[str, Any], at: datetime
) -> None:
    """Note why an occurrence has no card yet; the same reason is noted once."""
    same = RecurrenceOccurrence.recurrence == recurrence_id
    same &= RecurrenceOccurrence.key == occurrence.key
    known = RecurrenceOccurrence.get_or_none(same)
    if known is not None and known.note.get("code") == note["code"]:
        return
    with transaction():
        row = _still_on(recurrence_id)
        if row is not None and settle(
            recurrence_id, occurrence, OccurrenceOutcome.HELD, note=note, at=at
        ):
            _record("recurrence.held", row, occurrence, at, reason=note["code"])


def _fact(value: Any) -> str:
    """Return a fact of a refusal as one line."""
    return " ".join(str(value).split())[: recurrences.FACT_LENGTH]


def _record(
    kind: str,
    row: Recurrence,
    occurrence: Occurrence,
    at: datetime,
    *,
    is_quiet: bool = False,
    **more: Any,
) -> None:
    data = {
        "recurrence": row.key,
        "title": row.title,
        "occurrence": occurrence.key,
        "starts_on": occurrence.starts_on.isoformat(),
        "ends_on": occurrence.ends_on.isoformat(),
        "due_on": occurrence.due_on.isoformat(),
        **more,
    }
    journal.append(kind, actor=None, at=at, project_id=row.project_id, data=data, is_quiet=is_quiet)
