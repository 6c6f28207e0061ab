"""The rules by which a board acts by itself, and the log of what they did."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain import automation
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import AutomationAction, AutomationOutcome, AutomationTrigger
from pmo.models import AutomationRule, AutomationRun, Column, Label, Project, Task, User
from pmo.queries import access


@dataclass(frozen=True, slots=True)
class AutomationRuleView:
    """A rule; the particulars that its two kinds do not need are None, names ''."""

    id: int
    name: str
    is_on: bool
    trigger: AutomationTrigger
    column_id: int | None
    column_name: str
    days: int | None
    action: AutomationAction
    target_id: int | None
    target_name: str
    user_id: int | None
    user_name: str
    label_id: int | None
    label_name: str
    text: str
    refusals: int
    version: int
    board_id: int


@dataclass(frozen=True, slots=True)
class AutomationRunView:
    """One line of the log.

    rule_id: None if the rule is not there any more. note: why it was refused, as template and
    facts; {} otherwise.
    """

    id: int
    at: datetime
    rule_id: int | None
    rule_name: str
    task_id: int
    task_key: str
    task_title: str
    outcome: AutomationOutcome
    note: dict[str, Any]


def of_board(board_id: int, actor: Actor) -> tuple[AutomationRuleView, ...]:
    """Return the rules of a board, in their order. Raises NotFound, Forbidden."""
    access.board(board_id, actor, Capability.PROJECT_READ)
    return _views(AutomationRule.board == board_id)


def rule(rule_id: int, actor: Actor) -> AutomationRuleView:
    """Return one rule. Raises NotFound, Forbidden."""
    access.automation_rule(rule_id, actor, Capability.PROJECT_READ)
    [found] = _views(AutomationRule.id == rule_id)
    return found


def log(
    board_id: int, actor: Actor, *, limit: int = 50, before_id: int | None = None
) -> tuple[AutomationRunView, ...]:
    """Return what rules did on a board, newest first. before_id: the last one seen, to page on.

    Raises NotFound, Forbidden.
    """
    access.board(board_id, actor, Capability.BOARD_CONFIGURE)
    run = AutomationRun
    wanted = run.board == board_id
    if before_id is not None:
        wanted &= run.id < before_id
    return _runs(wanted, limit)


def last_runs(board_id: int, actor: Actor) -> dict[int | None, AutomationRunView]:
    """Return what each rule of a board did last, by rule. Raises NotFound, Forbidden."""
    access.board(board_id, actor, Capability.BOARD_CONFIGURE)
    own = AutomationRule.select(AutomationRule.id).where(AutomationRule.board == board_id)
    latest = AutomationRun.select(pw.fn.MAX(AutomationRun.id))
    latest = latest.where(AutomationRun.rule.in_(own)).group_by(AutomationRun.rule)
    found = _runs(AutomationRun.id.in_(latest), automation.MOST_RULES)
    return {run.rule_id: run for run in found}


def _runs(condition: pw.Expression, limit: int) -> tuple[AutomationRunView, ...]:
    run = AutomationRun
    query = run.select(
        run.id,
        run.at,
        run.rule,
        run.rule_name,
        run.task,
        Project.code,
        Task.number,
        Task.title,
        run.outcome,
        run.note,
    )
    query = query.join(Task).join(Project).where(condition).order_by(run.id.desc()).limit(limit)
    return tuple(
        AutomationRunView(id_, at, rule_id, name, task_id, f"{code}-{number}", *rest)
        for id_, at, rule_id, name, task_id, code, number, *rest in rows(query)
    )


def _views(condition: pw.Expression) -> tuple[AutomationRuleView, ...]:
    it, outer = AutomationRule, pw.JOIN.LEFT_OUTER
    column, target = Column.alias("entered"), Column.alias("target")
    names = [pw.fn.COALESCE(name, "") for name in (column.name, target.name, User.name, Label.name)]
    query = it.select(
        it.id, it.name, it.is_on, it.trigger, it.column, names[0], it.days, it.action,
        it.target, names[1], it.user, names[2], it.label, names[3], it.text, it.refusals,
        it.version, it.board,
    )  # fmt: skip
    query = query.join(column, outer, on=(it.column == column.id))
    query = query.join_from(it, target, outer, on=(it.target == target.id))
    query = query.join_from(it, User, outer).join_from(it, Label, outer).where(condition)
    return tuple(AutomationRuleView(*row) for row in rows(query.order_by(it.position, it.id)))
