"""Which rules of a board an event wakes."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pmo.db import rows
from pmo.domain.happenings import Happening
from pmo.domain.vocabulary import AutomationTrigger
from pmo.models import AutomationRule, Board, Column, Task
from pmo.statements import Statement


@dataclass(frozen=True, slots=True)
class WokenRule:
    """A rule that a trigger wakes."""

    id: int
    name: str
    board_id: int
    board_key: str
    refusals: int


def _none(_happening: Happening) -> None:
    return None


def _entry(_happening: Happening) -> AutomationTrigger:
    return AutomationTrigger.MOVED


def _edit(happening: Happening) -> AutomationTrigger | None:
    before, after = happening.data.get("changes", {}).get("blocked_reason", ("", ""))
    return AutomationTrigger.BLOCKED if after and not before else None


def _tick(happening: Happening) -> AutomationTrigger | None:
    data = happening.data
    is_done = data["is_done"] and data["done"] == data["total"]
    return AutomationTrigger.CHECKLIST_DONE if is_done else None


TRIGGERS: Mapping[str, Callable[[Happening], AutomationTrigger | None]] = {
    "task.checklist_ticked": _tick,
    "task.created": _entry,
    "task.edited": _edit,
    "task.moved": _entry,
}
"""By kind of event: what it is an occasion for."""


def occasions(happenings: Sequence[Happening]) -> dict[AutomationTrigger, list[Happening]]:
    """Sort the events of an act by what they are an occasion for; the others are left out.

    What is taken back is no occasion: the undo would be followed by acts that nobody asked for.
    """
    found: dict[AutomationTrigger, list[Happening]] = defaultdict(list)
    for happening in happenings:
        trigger = TRIGGERS.get(happening.kind, _none)(happening)
        if trigger and happening.task_id is not None and not happening.is_undo:
            found[trigger].append(happening)
    return found


def woken(
    trigger: AutomationTrigger, task_ids: list[int | None]
) -> dict[int | None, list[WokenRule]]:
    """Return the rules that wake, by task, in their order."""
    if len(task_ids) == 1:
        found = woken_by(task_id=task_ids[0], trigger=trigger.value)
    else:
        found = rows(_rules_of(Task.id.in_(task_ids), trigger))
    found_by: dict[int | None, list[WokenRule]] = defaultdict(list)
    for task_id, *rule in found:
        found_by[task_id].append(WokenRule(*rule))
    return found_by


def _rules_of(tasks: Any, trigger: Any) -> Any:
    """Select the rules that a trigger wakes, with the tasks of their boards."""
    here = AutomationRule.column.is_null() | (AutomationRule.column == Task.column)
    query = AutomationRule.select(
        Task.id,
        AutomationRule.id,
        AutomationRule.name,
        Board.id,
        Board.key,
        AutomationRule.refusals,
    )
    query = query.join(Board).join(Column).join(Task)
    query = query.where(tasks & (AutomationRule.trigger == trigger) & AutomationRule.is_on & here)
    return query.order_by(AutomationRule.position, AutomationRule.id)


@Statement
def woken_by(task_id: Any, trigger: Any) -> Any:
    """Return the rules of a task's board that a trigger wakes, in their order."""
    return _rules_of(Task.id == task_id, trigger)
