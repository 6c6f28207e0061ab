"""Merging a task into another of its project, and taking the two apart again.

The merged task stays in the archive with all that it had. What the other one gets are copies, so
that nothing is lost when they are taken back.
"""

from datetime import datetime

from pmo.db import rows, transaction
from pmo.domain.own_fields import PREFIX
from pmo.domain.permissions import Actor, Capability
from pmo.errors import Archived, OtherCardNeeded, TooLongTogether, TooMany
from pmo.models import TaskAssignee, TaskLabel
from pmo.queries import access
from pmo.services import (
    acts,
    board_locks,
    copying,
    dependencies,
    held_cards,
    own_values,
    task_fields,
)
from pmo.services.steps import Edit, Shelf, Step
from pmo.services.task_fields import Value, Wanted
from pmo.services.transfers import Onward

MOST_TEXT = 20_000
MOST_LISTED = 50


@board_locks.restarted
def merge(task_id: int, *, into_id: int, actor: Actor, at: datetime) -> Onward:
    """Merge a task into another of its project; it stays in the archive and leads on.

    The other one gets its comments, checklist, evidence, files, people, labels, watchers, its
    description, what it holds in own fields that are empty there, and its dependencies, but for
    those that would make a circle.
    Raises NotFound, Forbidden, Archived, OtherCardNeeded, TooLongTogether, TooMany.
    """
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_EDIT)
        into = access.task(into_id, actor, Capability.TASK_EDIT)
        if into.project_id != found.project_id or into_id == task_id:
            raise OtherCardNeeded
        dependencies.lock(found.project_id)
        links = dependencies.inherited(found.project_id, task_id, into_id)
        held = held_cards.hold({task_id, into_id, *(waiting for waiting, _blocker in links)})
        source, target = held.cards[task_id], held.cards[into_id]
        if source.archived_at or target.archived_at:
            raise Archived
        came = copying.everything(task_id, into_id)
        steps = [
            Step(task_id, "task.merged", {"to": target.key}, shelf=Shelf(at, into_id)),
            Step(into_id, "task.merged", {"from": source.key, "came": came}),
        ]
        if edit := _united(task_id, into_id, found.project_id):
            steps.append(Step(into_id, "task.edited", edit=edit))
        for waiting, number in dependencies.link(links):
            steps.append(Step(waiting, "task.dependency_added", {"blocker": number}))
        event_id = acts.write(steps, held, actor=actor, at=at).event_id
    return Onward(into_id, into.board_id, event_id)


def _united(source_id: int, target_id: int, project_id: int) -> Edit | None:
    """Return what a merge changes in the fields of the surviving task."""
    fields = task_fields.portable_of([source_id, target_id])
    ours, theirs = fields[target_id], fields[source_id]
    values: Wanted = {}
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
        if len(united) > MOST_LISTED:
            raise TooMany(most=MOST_LISTED)
        if united != ours[name]:
            both = model.select(column).where(model.task.in_([source_id, target_id])).distinct()
            values[name] = Value(sorted(it for (it,) in rows(both)), united)
    ours |= own_values.present(target_id, project_id)
    values |= _own(source_id, ours, project_id)
    if not values:
        return None
    return Edit(values, {name: [ours[name], value.portable] for name, value in values.items()})


def _own(source_id: int, ours: dict[str, str], project_id: int) -> Wanted:
    """Return what a task holds in own fields that are empty in the other one."""
    theirs = own_values.present(source_id, project_id)
    wanted = {
        name.removeprefix(PREFIX): text for name, text in theirs.items() if text and not ours[name]
    }
    read = own_values.read(project_id, wanted)
    return {name: Value(written, written.text) for name, written in read.items()}
