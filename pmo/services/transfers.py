"""Commands that make one task out of another: copy, move to another project.

Moved tasks stay in the archive with all that they had, and say what they went on as:
an old number leads on, and its history stays where it was made.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmo.db import rows, transaction
from pmo.domain import ordering
from pmo.domain.done import Confirmed
from pmo.domain.permissions import Actor, Capability
from pmo.errors import OtherProjectNeeded, SameProjectNeeded
from pmo.models import OwnValue, Task, TaskAssignee, TaskLabel
from pmo.queries import access, departures
from pmo.queries.departures import Carried
from pmo.services import (
    acts,
    attachments,
    board_locks,
    copying,
    held_cards,
    move_rules,
    ranks,
    task_facts,
    tasks,
)
from pmo.services.attachments import Room
from pmo.services.steps import Shelf, Step

ROW = (
    "title",
    "description",
    "kind",
    "plan_number",
    "period",
    "period_text",
    "starts_on",
    "ends_on",
    "due_on",
    "weight",
    "expected_result",
    "responsible",
    "blocked_reason",
)
"""What a task takes along as it is."""


@dataclass(frozen=True, slots=True)
class Onward:
    """A task was made, or goes on, as another. event_id: by which it can be undone."""

    task_id: int
    board_id: int
    event_id: int | None


@board_locks.restarted
def copy(  # noqa: PLR0913 - what, where, how, who and when
    task_id: int,
    *,
    column_id: int,
    with_people: bool = False,
    with_checklist: bool = True,
    confirmed: Confirmed = False,
    actor: Actor,
    at: datetime,
) -> Onward:
    """Add a copy of a task at the end of a column of the same project.

    Raises NotFound, Forbidden, SameProjectNeeded, EntryNotAllowed, DefinitionOfDoneAsked,
    WipLimitReached.
    """
    with transaction():
        found = access.archived_or_live_task(task_id, actor, Capability.TASK_EDIT)
        target = access.column(column_id, actor, Capability.TASK_EDIT)
        if target.project_id != found.project_id:
            raise SameProjectNeeded
        made = _Made(task_id, found, target, actor, at)
        made.write(confirmed, people=with_people)
        if with_checklist:
            copying.checklist(task_id, made.task_id, ticks=False)
            copying.count(made.task_id)
        acted = made.act(created={"copy_of": made.source_key})
    return Onward(made.task_id, target.board_id, acted)


@board_locks.restarted
def transfer(
    task_id: int,
    *,
    column_id: int,
    confirmed: Confirmed = False,
    room: Room,
    actor: Actor,
    at: datetime,
) -> Onward:
    """Move a task to the end of a column of another project, with all that can go there.

    What goes and what stays: `queries.departures`. The task gets a new number; the old one stays
    in the archive and leads on. room: for its files there.
    Raises NotFound, Forbidden (either project), OtherProjectNeeded, EntryNotAllowed,
    DefinitionOfDoneAsked, WipLimitReached, QuotaReached.
    """
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_EDIT)
        target = access.column(column_id, actor, Capability.TASK_EDIT)
        if target.project_id == found.project_id:
            raise OtherProjectNeeded
        made = _Made(task_id, found, target, actor, at)
        made.write(confirmed, people=True)
        copying.everything(task_id, made.task_id)
        onward = Step(task_id, "task.transferred", {"to": made.key}, shelf=Shelf(at, made.task_id))
        came = Step(made.task_id, "task.transferred", {"from": made.source_key})
        acted = made.act(before=[onward], after=[came])
        attachments.check_room(target.project_id, room)
    return Onward(made.task_id, target.board_id, acted)


class _Made:
    """A task made from another one, at the end of a column."""

    def __init__(
        self,
        source_id: int,
        found: access.TaskAccess,
        target: access.ColumnAccess,
        actor: Actor,
        at: datetime,
    ) -> None:
        self.source_id, self.found, self.target = source_id, found, target
        self.actor, self.at = actor, at
        self.task_id = 0
        self.key = ""
        [(number,)] = rows(Task.select(Task.number).where(Task.id == source_id))
        self.source_key = f"{found.code}-{number}"
        self.told: dict[str, Any] = {}

    def write(self, confirmed: Confirmed, *, people: bool) -> None:
        """Write the new task, put away until its act takes it out and counts it."""
        number = tasks.next_number(self.target.project_id)
        column_id = self.target.column_id
        columns = board_locks.lock_many({self.found.column_id, column_id})
        move_rules.check_entry(self.target, self.target.rules, columns[column_id])
        self.told = task_facts.confirmed_data(columns[column_id], confirmed)
        source = Task.get_by_id(self.source_id)
        if source.archived_at is not None and self.found.archived_at is None:
            raise board_locks.MovedMeanwhile
        carried, _left = departures.of_task(self.source_id, self.target.project_id)
        task = Task.create(
            **{name: getattr(source, name) for name in ROW},
            project=self.target.project_id,
            number=number,
            column=column_id,
            rank=ordering.between(ranks.last(column_id), None),
            stage=carried.stage_id,
            created_by=self.actor.user_id,
            created_at=self.at,
            entered_at=self.at,
            archived_at=self.at,
        )
        self.task_id, self.key = task.id, f"{self.target.code}-{number}"
        self.told |= task_facts.begun(
            weight=task.weight,
            stage=task.stage.key if task.stage else None,
            blocked_reason=task.blocked_reason,
        )
        self._lists(carried, people=people)

    def act(
        self,
        *,
        before: Iterable[Step] = (),
        created: dict[str, Any] | None = None,
        after: Iterable[Step] = (),
    ) -> int | None:
        """Write the events of the act, and return the first one."""
        held = held_cards.hold([self.source_id, self.task_id])
        data = {**self.told, **(created or {})}
        out = Step(self.task_id, "task.created", data, shelf=Shelf(None))
        steps = [*before, out, *after]
        return acts.write(steps, held, actor=self.actor, at=self.at).event_id

    def _lists(self, carried: Carried, *, people: bool) -> None:
        """Write what stands in tables of its own."""
        labels = [{"task": self.task_id, "label": it} for it in carried.label_ids]
        if labels:
            TaskLabel.insert_many(labels).execute()
        pairs = [{"task": self.task_id, "user": it} for it in carried.user_ids]
        if people and pairs:
            TaskAssignee.insert_many(pairs).execute()
        own = [
            {
                "task": self.task_id,
                "field": field_id,
                "value": it.text,
                "folded": it.folded,
                "amount": it.amount,
            }
            for field_id, it in carried.own
        ]
        if own:
            OwnValue.insert_many(own).execute()
