"""Commands that make one task out of another: copy, move to another project, merge.

Moved and merged tasks stay in the archive with all that they had, and say what they went on as:
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
from pmo.errors import OtherCardNeeded, OtherProjectNeeded, SameProjectNeeded, TooLongTogether
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
    task_fields,
    tasks,
)
from pmo.services.attachments import Room
from pmo.services.steps import Edit, Shelf, Step
from pmo.services.task_fields import Value

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

MOST_TEXT = 20_000
MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class Onward:
    """A task was made, or goes on, as another. event_id: None if it cannot be undone."""

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


@board_locks.restarted
def merge(task_id: int, *, into_id: int, actor: Actor, at: datetime) -> Onward:
    """Merge a task into another of its project; it stays in the archive and leads on.

    The other one gets its comments, checklist, evidence, files, people, labels, watchers and its
    description. Raises NotFound, Forbidden, Archived, OtherCardNeeded, TooLongTogether.
    """
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_EDIT)
        into = access.task(into_id, actor, Capability.TASK_EDIT)
        if into.project_id != found.project_id or into_id == task_id:
            raise OtherCardNeeded
        held = held_cards.hold([task_id, into_id])
        source, target = held.cards[task_id], held.cards[into_id]
        copying.everything(task_id, into_id)
        away = Step(task_id, "task.merged", {"to": target.key}, shelf=Shelf(at, into_id))
        steps = [away, Step(into_id, "task.merged", {"from": source.key})]
        if edit := _united(task_id, into_id, source.key):
            steps.append(Step(into_id, "task.edited", edit=edit))
        acts.write(steps, held, actor=actor, at=at)
    return Onward(into_id, into.board_id, None)


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
        self.confirmed: dict[str, Any] = {}

    def write(self, confirmed: Confirmed, *, people: bool) -> None:
        """Write the new task, put away until its act takes it out and counts it."""
        number = tasks.next_number(self.target.project_id)
        column_id = self.target.column_id
        columns = board_locks.lock_many({self.found.column_id, column_id})
        move_rules.check_entry(self.target, self.target.rules, columns[column_id])
        self.confirmed = task_facts.confirmed_data(columns[column_id], confirmed)
        source = Task.get_by_id(self.source_id)
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
        data = {**self.confirmed, **(created or {})}
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


def _united(source_id: int, target_id: int, key: str) -> Edit | None:
    """Return what a merge changes in the fields of the surviving task."""
    fields = task_fields.portable_of([source_id, target_id])
    ours, theirs = fields[target_id], fields[source_id]
    values: dict[str, Value] = {}
    if theirs["description"]:
        text = "\n\n".join(it for it in (ours["description"], "---", theirs["description"]) if it)
        if len(text) > MOST_TEXT:
            raise TooLongTogether
        values["description"] = Value(text, text)
    for name, model, column in (
        ("assignees", TaskAssignee, TaskAssignee.user),
        ("labels", TaskLabel, TaskLabel.label),
    ):
        united = sorted({*ours[name], *theirs[name]})
        if united != ours[name]:
            both = model.select(column).where(model.task.in_([source_id, target_id])).distinct()
            values[name] = Value(sorted(it for (it,) in rows(both))[:MOST_LISTED], united)
    if not values:
        return None
    changes = {name: [ours[name], value.portable] for name, value in values.items()}
    return Edit(values, changes)
