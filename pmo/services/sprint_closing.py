"""The closing of a sprint: every unfinished card decided on, its report frozen, in one transaction.

Nothing closes by itself. Whoever closes sends what they decided on what they saw; if a card came,
went or was finished meanwhile, nothing is closed and they look again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from pmo.db import rows, transaction
from pmo.domain import sprint_closing as rules
from pmo.domain.done import Confirmed
from pmo.domain.permissions import Actor, Capability
from pmo.domain.sprint_closing import Decisions, Leftover
from pmo.domain.vocabulary import ColumnMeaning, NoteColumn, SprintState
from pmo.errors import NotFound, SprintNotActive
from pmo.models import Board, Column, Project, Sprint, SprintReport, Task
from pmo.queries import access, sprint_reports
from pmo.services import acts, board_locks, held_cards, journal, sprint_notes, sprints, versions
from pmo.services.sprint_leftovers import Boards, Leftovers


@dataclass(frozen=True, slots=True)
class Closing:
    """What a person decided at the end of a sprint.

    decisions: by id of the card. reason: of all that have none of their own. notes: to be added
    to the retrospective. note_cards: notes of which cards are to be made; True puts the card into
    the next sprint.
    """

    decisions: Decisions
    goal_met: bool
    reason: str = ""
    notes: Sequence[tuple[NoteColumn, str]] = ()
    note_cards: Mapping[int, bool] = field(default_factory=dict)


@board_locks.restarted
def close(  # noqa: PLR0913 - what, how, who and when
    sprint_id: int,
    closing: Closing,
    *,
    expected_version: int | None,
    confirmed: Confirmed = False,
    zone: tzinfo,
    actor: Actor,
    at: datetime,
) -> None:
    """Close a sprint that runs, with a decision on each of its unfinished cards.

    confirmed: the definition of done of what is done of split cards, as for `tasks.place`.
    zone: of the office, whose days the report counts.
    Raises NotFound (a note as well), Forbidden, StaleVersion, SprintNotActive,
    LeftoversUndecided, LeftoversChanged, NoNextSprint, Invalid, NoColumnForLeftovers,
    DefinitionOfDoneAsked, WipLimitReached, WipRuleReached, MoveNotAllowed, AlreadyACard.
    """
    with transaction():
        found = access.sprint(sprint_id, actor, Capability.SPRINT_PLAN)
        held, sprint = sprints.held_sprint(found.project_id, sprint_id)
        if sprint.state is not SprintState.ACTIVE:
            raise SprintNotActive(sprint.number)
        columns = _columns(found.project_id)
        locked = board_locks.lock_many(columns)
        leftovers = _leftovers(found, sprint_id)
        following = _following(held, sprint)
        _check_known(sprint, closing.decisions, leftovers)
        decisions = rules.check(
            closing.decisions,
            leftovers,
            number=sprint.number,
            has_next=following is not None,
            reason=closing.reason.strip(),
        )
        cards = held_cards.hold(list(decisions), columns)
        work = Leftovers(cards, Boards.of(found.project_id, locked), sprint, following, decisions)
        work.check_done(confirmed)
        for column, text in closing.notes:
            sprint_notes.add(sprint_id, column=column, text=text, actor=actor, at=at)
        event_id = _settle(work, found, actor, at, columns)
        values = {"state": SprintState.CLOSED, "closed_at": at, "goal_met": closing.goal_met}
        versions.write(sprint, values, expected_version)
        data = {
            "sprint": sprint.number,
            "goal_met": closing.goal_met,
            "decisions": list(_told(work)),
        }
        journal.append(
            "sprint.closed",
            actor=actor,
            at=at,
            project_id=found.project_id,
            data=data,
            act_id=event_id,
        )
        report = sprint_reports.computed(sprint, as_of=at, zone=zone)
        SprintReport.create(sprint=sprint_id, data=report)
        for note_id, is_next in closing.note_cards.items():
            sprint_notes.make_card(note_id, is_next=is_next, actor=actor, at=at)
        board_locks.touch(found.project_id)


def keep_reports(zone: tzinfo) -> None:
    """Compute and keep the reports of closed sprints that came without one; in a transaction."""
    known = SprintReport.select(SprintReport.sprint)
    closed = (Sprint.state == SprintState.CLOSED) & Sprint.id.not_in(known)
    for sprint in Sprint.select().where(closed).order_by(Sprint.id):
        report = sprint_reports.computed(sprint, as_of=sprint.closed_at, zone=zone)
        if report is not None:
            SprintReport.create(sprint=sprint, data=report)


def _settle(
    work: Leftovers,
    found: access.ProjectAccess,
    actor: Actor,
    at: datetime,
    columns: list[int],
) -> int | None:
    """Write what was decided as one act; return its first event."""
    if not work.decisions:
        return None
    work.make_rests(actor, at)
    held = held_cards.hold([*work.decisions, *work.rests.values()], columns)
    for target, ids in work.targets():
        Task.update(sprint=target).where(Task.id.in_(ids)).execute()
    steps = list(work.steps(held, at))
    return acts.write(steps, held, actor=actor, at=at, leading=acts.leading(found)).event_id


def _told(work: Leftovers) -> Any:
    """Yield the decisions as the journal keeps them."""
    numbers = dict(
        rows(Task.select(Task.id, Task.number).where(Task.id.in_(list(work.rests.values()))))
    )
    onward = None if work.following is None else work.following.number
    for task_id, decision in work.decisions.items():
        yield {
            "task": work.held.cards[task_id].number,
            "decision": decision.kind.value,
            "reason": decision.reason,
            "to": onward if decision.is_onward else None,
            "new_task": numbers.get(work.rests.get(task_id)),
        }


def _columns(project_id: int) -> list[int]:
    query = Column.select(Column.id).join(Board).where(Board.project == project_id)
    return [column_id for (column_id,) in rows(query.order_by(Column.id))]


def _leftovers(found: access.ProjectAccess, sprint_id: int) -> list[Leftover]:
    """Return what is not finished, as the boards show it, under the locks of their columns."""
    query = Task.select(Task.id, Task.number, Task.weight).join(Column).join(Board)
    query = query.where(
        (Task.sprint == sprint_id)
        & Task.archived_at.is_null()
        & (Column.meaning != ColumnMeaning.DONE)
    )
    in_order = query.order_by(Board.position, Board.id, Column.position, Task.rank)
    return [
        Leftover(task_id, f"{found.code}-{number}", weight)
        for task_id, number, weight in rows(in_order)
    ]


def _check_known(sprint: Sprint, decisions: Decisions, leftovers: list[Leftover]) -> None:
    """Refuse decisions on cards that are not unfinished in this sprint any more."""
    strange = set(decisions) - {it.task_id for it in leftovers}
    if not strange:
        return
    query = Task.select(Task.number, Project.code).join(Project)
    mine = Task.id.in_(strange) & (Task.project == sprint.project_id)
    keys = [f"{code}-{number}" for number, code in rows(query.where(mine).order_by(Task.number))]
    if len(keys) < len(strange):
        raise NotFound(kind="task")
    raise rules.gone(sprint.number, keys)


def _following(held: sprints.Held, sprint: Sprint) -> Sprint | None:
    """Return the next sprint that has not started, None if there is none."""
    after = [
        it
        for number, it in held.sprints.items()
        if number > sprint.number and it.state is SprintState.PLANNED
    ]
    return after[0] if after else None
