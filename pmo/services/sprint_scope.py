"""What a sprint holds: cards put into it and taken out of it, before its start and while it runs.

A change of a running sprint is allowed, and stays visible: the journal keeps each with its reason.
"""

from collections.abc import Collection
from datetime import datetime

from pmo.db import rows, transaction
from pmo.domain import sprints as rules
from pmo.domain.acts import Acted
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import ColumnMeaning, SprintState
from pmo.errors import CardsNotForSprint, NotFound, SprintFrozen
from pmo.models import Sprint, Task
from pmo.queries import access
from pmo.services import acts, board_locks, held_cards, sprints
from pmo.services.held_cards import Card, Held
from pmo.services.steps import Step

MOST_CARDS = 500
"""Of one command."""


@board_locks.restarted
def put_in(
    sprint_id: int, task_ids: Collection[int], *, reason: str = "", actor: Actor, at: datetime
) -> Acted:
    """Put cards into a sprint; those that are in it already stay as they are.

    Raises NotFound (a card of another project as well), Forbidden, SprintFrozen,
    PreviousNotClosed, ResultsMissing if the sprint runs, CardsNotForSprint.
    """
    with transaction():
        found = access.sprint(sprint_id, actor, Capability.SPRINT_PLAN)
        held, sprint = sprints.held_sprint(found.project_id, sprint_id)
        rules.check_takes(sprint.number, held.standings, held.project.sprint_policy)
        cards = _held_cards(found, task_ids)
        if sprint.state is SprintState.ACTIVE:
            rules.check_results(_without_result(cards))
        return write(cards, held, sprint, reason=reason, actor=actor, at=at)


@board_locks.restarted
def take_out(
    project_id: int, task_ids: Collection[int], *, reason: str = "", actor: Actor, at: datetime
) -> Acted:
    """Put cards of planned or running sprints back into the backlog.

    Raises NotFound (a card of another project as well), Forbidden, SprintFrozen,
    CardsNotForSprint.
    """
    with transaction():
        found = access.project(project_id, actor, Capability.SPRINT_PLAN)
        held = sprints.hold(project_id)
        return write(_held_cards(found, task_ids), held, None, reason=reason, actor=actor, at=at)


@board_locks.restarted
def take_out_of(
    sprint_id: int, task_ids: Collection[int], *, reason: str = "", actor: Actor, at: datetime
) -> Acted:
    """Put cards of one sprint back into the backlog; those that are in none stay as they are.

    Raises NotFound (a card of another sprint or project as well), Forbidden, SprintFrozen,
    CardsNotForSprint.
    """
    with transaction():
        found = access.sprint(sprint_id, actor, Capability.SPRINT_PLAN)
        held, sprint = sprints.held_sprint(found.project_id, sprint_id)
        if sprint.state is SprintState.CLOSED:
            raise SprintFrozen(sprint.number)
        cards = _held_cards(found, task_ids)
        elsewhere = Task.sprint.is_null(is_null=False) & (Task.sprint != sprint_id)
        if Task.select().where(Task.id.in_(list(cards.cards)) & elsewhere).exists():
            raise NotFound(kind="task")
        return write(cards, held, None, reason=reason, actor=actor, at=at)


def write(
    cards: Held,
    held: sprints.Held,
    target: Sprint | None,
    *,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> Acted:
    """Write the sprint of cards that are held, and tell it; None is the backlog.

    An unfinished card of a closed sprint may still leave it: it was put there by a merge or came
    out of the archive. A done one stays where it was done.
    """
    of_sprint = dict(rows(Task.select(Task.id, Task.sprint).where(Task.id.in_(list(cards.cards)))))
    by_id = {sprint.id: sprint for sprint in held.sprints.values()}
    target_id = None if target is None else target.id
    moving = {task_id: by_id.get(was) for task_id, was in of_sprint.items() if was != target_id}
    if not moving:
        return Acted(None)
    Task.update(sprint=target_id).where(Task.id.in_(list(moving))).execute()
    steps = [
        Step(task_id, "task.sprint_set", {**way(was, target), "reason": reason, "carried": False})
        for task_id, was in moving.items()
    ]
    return acts.write(steps, cards, actor=actor, at=at)


def way(was: Sprint | None, target: Sprint | None) -> dict[str, str | int | None]:
    """Return from which sprint to which, as the journal keeps it."""
    return {
        "from": None if was is None else was.number,
        "to": None if target is None else target.number,
        "from_state": None if was is None else was.state.value,
        "to_state": None if target is None else target.state.value,
    }


def _held_cards(found: access.ProjectAccess, task_ids: Collection[int]) -> Held:
    """Hold cards that a plan may move. Raises NotFound, CardsNotForSprint."""
    wanted = set(task_ids)
    cards = held_cards.hold(sorted(wanted))
    of_project = {it.id for it in cards.cards.values() if it.project_id == found.project_id}
    if of_project != wanted:
        raise NotFound(kind="task")
    unfit = [card.key for card in cards.cards.values() if _is_unfit(card, cards)]
    if unfit:
        raise CardsNotForSprint(cards=", ".join(sorted(unfit)[: rules.MOST_NAMED]))
    return cards


def _is_unfit(card: Card, cards: Held) -> bool:
    is_done = cards.columns[card.column_id].meaning is ColumnMeaning.DONE
    return is_done or card.archived_at is not None


def _without_result(cards: Held) -> list[str]:
    query = Task.select(Task.id).where(
        Task.id.in_(list(cards.cards)) & (Task.expected_result == "")
    )
    return [cards.cards[task_id].key for (task_id,) in rows(query.order_by(Task.number))]
