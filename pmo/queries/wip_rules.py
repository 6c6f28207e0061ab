"""Limits of work in progress on a board, and how much of it there is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain import wip_rules
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import ColumnMeaning, WipBy, WipKind
from pmo.domain.wip_rules import Limit, Load, Overload
from pmo.models import Column, Label, Stage, Task, TaskAssignee, TaskLabel, User, WipRule
from pmo.queries import access
from pmo.queries.cards import LIVE
from pmo.statements import Statement

Fits = Callable[[Any], Any]
"""From the column of a task's number to a condition on it."""


@dataclass(frozen=True, slots=True)
class WipRuleView:
    """A limit; subject_id None is for each of its kind."""

    id: int
    by: WipBy
    subject_id: int | None
    subject_name: str
    limit: int
    kind: WipKind


def of_board(board_id: int, actor: Actor) -> tuple[WipRuleView, ...]:
    """Return the limits of a board. Raises NotFound, Forbidden."""
    access.board(board_id, actor, Capability.PROJECT_READ)
    return _views(WipRule.board == board_id)


def rule(rule_id: int, actor: Actor) -> WipRuleView:
    """Return one limit. Raises NotFound, Forbidden."""
    access.wip_rule(rule_id, actor, Capability.PROJECT_READ)
    [found] = _views(WipRule.id == rule_id)
    return found


def limits(board_id: int) -> tuple[Limit, ...]:
    """Return the limits of a board, for a decision."""
    return tuple(
        Limit(WipBy(by), user or stage or label, most, WipKind(kind))
        for by, user, stage, label, most, kind in limits_of(board_id=board_id)
    )


def overloads(board_id: int) -> tuple[Overload, ...]:
    """Return who and what has more in progress than agreed; the caller has checked the actor.

    One statement for each kind of limit that the board has, and one for the limits.
    """
    present = limits(board_id)
    return wip_rules.overloads(present, _loads(OF_BOARD, present, board_id=board_id))


def loads_of_task(present: Iterable[Limit], board_id: int, task_id: int) -> tuple[Load, ...]:
    """Return the loads of all whom and what a task belongs to, itself among them if it counts."""
    return _loads(OF_TASK, present, board_id=board_id, task_id=task_id)


def loads_of_tasks(
    present: Iterable[Limit], board_id: int, task_ids: Iterable[int]
) -> tuple[Load, ...]:
    """Return the same of many tasks, each load once."""
    kinds, ids = {limit.by for limit in present}, list(task_ids)
    return tuple(
        Load(by, *row)
        for by, among in AMONG.items()
        if by in kinds
        for row in rows(among(board_id, lambda task: task.in_(ids)))
    )


def _loads(
    statements: dict[WipBy, Statement], present: Iterable[Limit], **values: int
) -> tuple[Load, ...]:
    kinds = {limit.by for limit in present}
    return tuple(
        Load(by, *row)
        for by, statement in statements.items()
        if by in kinds
        for row in statement(**values)
    )


def _views(condition: pw.Expression) -> tuple[WipRuleView, ...]:
    outer = pw.JOIN.LEFT_OUTER
    subject = pw.fn.COALESCE(WipRule.user, WipRule.stage, WipRule.label)
    name = pw.fn.COALESCE(User.name, Stage.name, Label.name, "")
    query = WipRule.select(WipRule.id, WipRule.by, subject, name, WipRule.most, WipRule.kind)
    query = query.join(User, outer).join_from(WipRule, Stage, outer)
    query = query.join_from(WipRule, Label, outer).where(condition)
    found = (WipRuleView(*row) for row in rows(query))
    return tuple(sorted(found, key=lambda it: (list(WipBy).index(it.by), it.subject_name, it.id)))


def _in_progress(query: Any, board_id: Any) -> Any:
    counted = (Column.board == board_id) & (Column.meaning == ColumnMeaning.IN_PROGRESS) & LIVE
    return query.where(counted)


def _people(board_id: Any) -> Any:
    query = User.select(User.id, User.login, User.name, pw.fn.COUNT(Task.id))
    query = query.join(TaskAssignee).join(Task).join(Column)
    return _in_progress(query, board_id).group_by(User.id, User.login, User.name)


def _stages(board_id: Any) -> Any:
    query = Stage.select(Stage.id, Stage.key, Stage.name, pw.fn.COUNT(Task.id))
    query = query.join(Task).join(Column)
    return _in_progress(query, board_id).group_by(Stage.id, Stage.key, Stage.name)


def _labels(board_id: Any) -> Any:
    query = Label.select(Label.id, Label.name, Label.name, pw.fn.COUNT(Task.id))
    query = query.join(TaskLabel).join(Task).join(Column)
    return _in_progress(query, board_id).group_by(Label.id, Label.name)


def _people_among(board_id: Any, fits: Fits) -> Any:
    own = TaskAssignee.alias("own")
    mine = own.select(own.user).where(fits(own.task))
    return _people(board_id).where(User.id.in_(mine)).order_by(User.name, User.id)


def _stages_among(board_id: Any, fits: Fits) -> Any:
    own = Task.alias("own")
    mine = own.select(own.stage).where(fits(own.id))
    return _stages(board_id).where(Stage.id.in_(mine)).order_by(Stage.name, Stage.id)


def _labels_among(board_id: Any, fits: Fits) -> Any:
    own = TaskLabel.alias("own")
    mine = own.select(own.label).where(fits(own.task))
    return _labels(board_id).where(Label.id.in_(mine)).order_by(Label.name, Label.id)


def _of_task(among: Callable[[Any, Fits], Any]) -> Callable[..., Any]:
    def build(board_id: Any, task_id: Any) -> Any:
        return among(board_id, lambda task: task == task_id)

    return build


def _people_of_board(board_id: Any) -> Any:
    return _people(board_id).order_by(User.name, User.id)


def _stages_of_board(board_id: Any) -> Any:
    return _stages(board_id).order_by(Stage.name, Stage.id)


def _labels_of_board(board_id: Any) -> Any:
    return _labels(board_id).order_by(Label.name, Label.id)


OF_BOARD = {
    WipBy.PERSON: Statement(_people_of_board),
    WipBy.STAGE: Statement(_stages_of_board),
    WipBy.LABEL: Statement(_labels_of_board),
}
AMONG = {
    WipBy.PERSON: _people_among,
    WipBy.STAGE: _stages_among,
    WipBy.LABEL: _labels_among,
}
OF_TASK = {by: Statement(_of_task(among)) for by, among in AMONG.items()}


@Statement
def limits_of(board_id: Any) -> Any:
    """Return the limits of a board."""
    fields = (WipRule.by, WipRule.user, WipRule.stage, WipRule.label, WipRule.most, WipRule.kind)
    return WipRule.select(*fields).where(WipRule.board == board_id)
