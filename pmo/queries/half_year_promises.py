"""The promises of a project: «не менее 1 раза в учебном полугодии», and how far they are kept."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from operator import itemgetter

import peewee as pw

from pmo.db import rows
from pmo.domain import recurrence_turns
from pmo.domain.flow.lives import Lives
from pmo.domain.flow.replaying import KINDS, Happened, replay
from pmo.domain.folding import fold
from pmo.domain.period_terms import Recurrence as Rhythm
from pmo.domain.permissions import Actor, Capability
from pmo.domain.recurrence_turns import HalfYear, Kept
from pmo.domain.vocabulary import RecurrenceKind
from pmo.models import Event, Recurrence, RecurrenceOccurrence, Task
from pmo.queries import access

OF_RULE = (RecurrenceKind.TIMES_PER_HALF, RecurrenceKind.HALF_YEARLY)


@dataclass(frozen=True, slots=True)
class PromisedCard:
    """A card that counts. finished_on: the day it was done, None while it is not."""

    id: int
    key: str
    title: str
    finished_on: datetime | None


@dataclass(frozen=True, slots=True)
class PromiseHalf:
    """A half-year of a promise, and the cards that were finished in it."""

    kept: Kept
    cards: tuple[PromisedCard, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """Something to be done N times in each half-year.

    text: the period as it is written, '' of a recurring task. recurrence_id, task_id: whose it is,
    one of the two. halves: this one, and the one before if it was promised by then.
    """

    title: str
    text: str
    times: int
    recurrence_id: int | None
    task_id: int | None
    halves: tuple[PromiseHalf, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A promise before anything is counted. numbers: of the cards that count.

    begun_on: the first day that it is for; None if only the cards can tell.
    """

    title: str
    text: str
    times: int
    recurrence_id: int | None
    task_id: int | None
    numbers: frozenset[int]
    begun_on: date | None = None


def of_project(project_id: int, actor: Actor, *, at: datetime, zone: tzinfo) -> tuple[Promise, ...]:
    """Return the promises of a project as they stood at a moment, from the journal.

    Three statements; with promises, three more for what became of their cards. Raises NotFound.
    """
    found = access.project(project_id, actor, Capability.PROJECT_READ)
    recurring, linked = _of_recurrences(project_id)
    said = [*recurring, *_of_tasks(project_id, linked)]
    if not said:
        return ()
    numbers = sorted({number for one in said for number in one.numbers})
    query = Task.select(Task.number, Task.id, Task.title).where(Task.project == project_id)
    cards = {
        number: (task_id, f"{found.code}-{number}", title)
        for number, task_id, title in rows(query.where(Task.number.in_(numbers)))
    }
    lives = _lives(project_id, [task_id for task_id, _key, _title in cards.values()])
    half = recurrence_turns.half_at(at.astimezone(zone).date())
    return tuple(
        Promise(
            one.title,
            one.text,
            one.times,
            one.recurrence_id,
            one.task_id,
            tuple(
                _half(it, one, cards, lives, at, zone)
                for it in (half, half.before())
                if it == half or _begun_on(one, lives, zone) <= it.span()[1]
            ),
        )
        for one in said
    )


def _begun_on(said: _Said, lives: Lives, zone: tzinfo) -> date:
    """Return since when something is promised: as it says, or since its first card."""
    made = [lives[number].created_at for number in said.numbers if number in lives]
    first = min(made).astimezone(zone).date() if made else date.max
    return first if said.begun_on is None else min(first, said.begun_on)


def _lives(project_id: int, task_ids: list[int]) -> Lives:
    """Replay what the journal tells of these cards alone, and of what columns meant meanwhile."""
    fields = (Event.id, Event.at, Event.kind, Task.number, Event.data)
    told = Event.select(*fields).join(Task)
    told = told.where(Event.task.in_(task_ids) & Event.kind.in_(sorted(KINDS)))
    meanings = Event.select(Event.id, Event.at, Event.kind, Event.task, Event.data)
    edited = (Event.project == project_id) & (Event.kind == "column.edited")
    events = [*rows(told), *rows(meanings.where(edited))]
    return replay(Happened(*event[1:]) for event in sorted(events, key=itemgetter(0)))


def _half(  # noqa: PLR0917 - of what, and as of when
    half: HalfYear,
    said: _Said,
    cards: dict[int, tuple[int, str, str]],
    lives: Lives,
    at: datetime,
    zone: tzinfo,
) -> PromiseHalf:
    finished = {
        number: life.finished_at(at)
        for number in sorted(said.numbers & cards.keys())
        if (life := lives.get(number)) is not None
    }
    days = {number: it and it.astimezone(zone).date() for number, it in finished.items()}
    today = at.astimezone(zone).date()
    start, end = half.span()
    counted = tuple(
        PromisedCard(*cards[number], finished[number])
        for number, day in days.items()
        if day is not None and start <= day <= end
    )
    kept = recurrence_turns.kept(half, days.values(), said.times, as_of=today)
    return PromiseHalf(kept, counted)


def _of_recurrences(project_id: int) -> tuple[list[_Said], set[int]]:
    """Return the promises of recurring tasks, and the numbers of all cards that belong to them."""
    it = Recurrence
    own = (it.project == project_id) & it.rule.in_(list(OF_RULE))
    query = it.select(it.id, it.title, it.times, it.starts_on, it.is_on).where(own)
    found = rows(query.order_by(it.position, it.id))
    if not found:
        return [], set()
    made = RecurrenceOccurrence.select(RecurrenceOccurrence.recurrence, Task.number).join(Task)
    made = made.join_from(RecurrenceOccurrence, it).where(own)
    cards: dict[int, set[int]] = defaultdict(set)
    for recurrence_id, number in rows(made):
        cards[recurrence_id].add(number)
    said = [
        _Said(title, "", times or 1, id_, None, frozenset(cards[id_]), starts_on)
        for id_, title, times, starts_on, is_on in found
        if is_on
    ]
    return said, {number for numbers in cards.values() for number in numbers}


def _of_tasks(project_id: int, linked: set[int]) -> list[_Said]:
    """Return what the periods of tasks promise; those of one title are one promise."""
    own = (Task.project == project_id) & Task.archived_at.is_null()
    pattern = pw.Value(f'%"{Rhythm.HALF_YEARLY.value}"%', converter=False)
    says = pw.Expression(Task.period, pw.OP.ILIKE, pattern)
    told = Task.select(Task.number, Task.id, Task.title, Task.period)
    told = told.where(own & says)
    promised = [row for row in rows(told.order_by(Task.number)) if row[0] not in linked]
    if not promised:
        return []
    alike: dict[str, set[int]] = defaultdict(set)
    for number, title in rows(
        Task.select(Task.number, Task.title).where(Task.project == project_id)
    ):
        alike[fold(title)].add(number)
    said: dict[str, _Said] = {}
    for _number, task_id, title, period in promised:
        if period.recurrence is Rhythm.HALF_YEARLY and fold(title) not in said:
            numbers = frozenset(alike[fold(title)] - linked)
            times = period.times or 1
            said[fold(title)] = _Said(title, period.text, times, None, task_id, numbers)
    return list(said.values())
