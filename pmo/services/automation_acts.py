"""What rules do, through the commands that people use: as the lead of the project would."""

from collections.abc import Callable, Mapping
from datetime import datetime

from pmo.db import rows
from pmo.domain.permissions import RuleActor
from pmo.domain.vocabulary import AutomationAction
from pmo.errors import EditConflict
from pmo.models import AutomationRule, Task, TaskAssignee, TaskLabel
from pmo.services import comments, notification_reactions, tasks

TRIES = 3

Act = Callable[[AutomationRule, int, RuleActor, datetime], bool]


def act(rule: AutomationRule, task_id: int, *, at: datetime) -> bool:
    """Do what a rule says with a task; False if it was so already. Raises PmoError."""
    project_id = rule.board.project_id
    actor = RuleActor.of(rule.name, project_id)
    return ACTS[rule.action](rule, task_id, actor, at)


def _assign(rule: AutomationRule, task_id: int, actor: RuleActor, at: datetime) -> bool:
    def wanted() -> dict[str, list[int]]:
        own = TaskAssignee.select(TaskAssignee.user).where(TaskAssignee.task == task_id)
        return {"assignee_ids": [*(user for (user,) in rows(own)), rule.user_id]}

    return _edit(task_id, wanted, actor, at)


def _label(rule: AutomationRule, task_id: int, actor: RuleActor, at: datetime) -> bool:
    def wanted() -> dict[str, list[int]]:
        own = TaskLabel.select(TaskLabel.label).where(TaskLabel.task == task_id)
        return {"label_ids": [*(label for (label,) in rows(own)), rule.label_id]}

    return _edit(task_id, wanted, actor, at)


def _edit(
    task_id: int,
    wanted: Callable[[], dict[str, list[int]]],
    actor: RuleActor,
    at: datetime,
) -> bool:
    """Add to a list of a task; a person who edits it at the same moment is waited for."""
    for left in reversed(range(TRIES)):
        [(version,)] = rows(Task.select(Task.version).where(Task.id == task_id))
        try:
            edited = tasks.edit(task_id, wanted(), base_version=version, actor=actor, at=at)
        except EditConflict:
            if not left:
                raise
        else:
            return bool(edited.changed)
    return False


def _move(rule: AutomationRule, task_id: int, actor: RuleActor, at: datetime) -> bool:
    target = rule.target_id
    is_there = (Task.id == task_id) & (Task.column == target)
    if target is None or Task.select().where(is_there).exists():
        return False
    tasks.place(task_id, column_id=target, actor=actor, at=at)
    return True


def _comment(rule: AutomationRule, task_id: int, actor: RuleActor, at: datetime) -> bool:
    comments.add(task_id, text=rule.text, actor=actor, at=at)
    return True


def _notify(rule: AutomationRule, task_id: int, actor: RuleActor, at: datetime) -> bool:
    """Tell the people of the card and the lead of the project."""
    own = TaskAssignee.select(TaskAssignee.user).where(TaskAssignee.task == task_id)
    lead = rule.board.project.lead_id
    people = {user for (user,) in rows(own)} | ({lead} if lead else set())
    notification_reactions.by_rule(
        people, text=rule.text, project_id=actor.project_id, task_id=task_id, at=at
    )
    return bool(people)


ACTS: Mapping[AutomationAction, Act] = {
    AutomationAction.ASSIGN: _assign,
    AutomationAction.LABEL: _label,
    AutomationAction.MOVE: _move,
    AutomationAction.COMMENT: _comment,
    AutomationAction.NOTIFY: _notify,
}
