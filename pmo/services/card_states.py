"""Held cards as they stand, in the portable values of the journal."""

from collections import defaultdict

from pmo.db import rows
from pmo.domain.undoing import CardState
from pmo.models import Project, Task, TaskDependency
from pmo.services import own_values, task_fields
from pmo.services.held_cards import Held


def read(held: Held, with_own_fields: set[int | None]) -> dict[int, CardState]:
    """Return them by id. with_own_fields: those of which fields of the project's own count."""
    fields = task_fields.portable_of(held.cards)
    for card in held.cards.values():
        if card.id in with_own_fields:
            fields[card.id] |= own_values.present(card.id, card.project_id)
    successors = {card.successor_id for card in held.cards.values()} - {None}
    keys: dict[int | None, str] = {None: ""}
    if successors:
        query = Task.select(Task.id, Project.code, Task.number).join(Project)
        found = rows(query.where(Task.id.in_(successors)))
        keys |= {task_id: f"{code}-{number}" for task_id, code, number in found}
    waits_for = _waits_for(held)
    return {
        card.id: CardState(
            board=held.board_key(card.column_id),
            column=held.columns[card.column_id].key,
            column_name=held.columns[card.column_id].name,
            is_archived=card.archived_at is not None,
            successor=keys[card.successor_id] or None,
            fields=fields[card.id],
            waits_for=frozenset(waits_for[card.id]),
        )
        for card in held.cards.values()
    }


def _waits_for(held: Held) -> dict[int, set[int]]:
    query = TaskDependency.select(TaskDependency.task, Task.number)
    query = query.join(Task, on=(Task.id == TaskDependency.blocker))
    found: dict[int, set[int]] = defaultdict(set)
    for task_id, number in rows(query.where(TaskDependency.task.in_(list(held.cards)))):
        found[task_id].add(number)
    return found
