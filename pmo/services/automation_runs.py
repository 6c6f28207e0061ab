"""What rules owe and do: noted in the transaction of its cause, done after it, each on its own.

An act that a crash left undone is done by the clock. Whatever its rule may not do is refused like
to anybody else, and the log says why.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import peewee as pw

from pmo.db import after_commit, rows, transaction
from pmo.domain import automation
from pmo.domain.automation import Chain
from pmo.domain.happenings import Happening
from pmo.domain.vocabulary import AutomationOutcome, AutomationTrigger, ColumnMeaning
from pmo.errors import NotFound, PmoError, _
from pmo.models import AutomationRule, AutomationRun, Board, Column, Task
from pmo.services import automation_acts, automation_triggers, journal
from pmo.services.automation_triggers import WokenRule

KEPT = timedelta(days=90)
"""How long the log is kept."""

KEPT_TIMED = timedelta(days=400)
"""The same for what time brought: longer than a rule looks ahead, so that it comes once."""

TIMED = tuple(f"{trigger.value}:" for trigger in sorted(automation.TIMED))
"""How the occasions begin that time brings."""

AT_ONCE = 500
"""Acts that one turn of the clock notes for a rule, and does in all."""

UNFORESEEN = PmoError.template
GONE = _("What the rule names is not in the project any more.")

log = logging.getLogger("pmo.automation")

_present: ContextVar[Chain | None] = ContextVar("automation_chain", default=None)


def follow(happenings: Sequence[Happening]) -> None:
    """Note what rules owe to tasks; one statement for one occasion, however many events."""
    for trigger, those in automation_triggers.occasions(happenings).items():
        rules = automation_triggers.woken(trigger, [it.task_id for it in those])
        for happening in those if rules else ():
            _owe(happening, rules.get(happening.task_id, []))


def _owe(happening: Happening, woken: list[WokenRule]) -> None:
    task_id = happening.task_id
    if not woken or task_id is None:
        return
    chain = _present.get() or Chain(f"event:{happening.event_id}")
    present = (AutomationRun.task == task_id) & (AutomationRun.occasion == chain.occasion)
    ids = {rule_id for (rule_id,) in rows(AutomationRun.select(AutomationRun.rule).where(present))}
    owed, kept = automation.split(chain, woken, [rule for rule in woken if rule.id in ids])
    for rule in owed:
        run = _note(
            rule,
            task_id,
            AutomationOutcome.PENDING,
            at=happening.at,
            occasion=chain.occasion,
            depth=chain.depth,
        )
        after_commit(partial(execute, int(run.id), at=happening.at))
    for rule in kept:
        _keep(rule, task_id, happening)


def _keep(rule: WokenRule, task_id: int, happening: Happening) -> None:
    """Note that a rule went round in a circle; switch it off when it was often enough."""
    at, event = happening.at, happening.event_id
    _note(rule, task_id, AutomationOutcome.LOOP, at=at, occasion=f"loop:{event}")
    changes: dict[str, Any] = {"refusals": AutomationRule.refusals + 1}
    if rule.refusals + 1 >= automation.MOST_REFUSALS:
        changes |= {"is_on": False, "version": AutomationRule.version + 1}
        _note(
            rule,
            task_id,
            AutomationOutcome.SWITCHED_OFF,
            at=at,
            occasion=f"off:{event}",
        )
        journal.append(
            "automation.rule_switched_off",
            actor=None,
            at=at,
            project_id=happening.project_id,
            data={"board": rule.board_key, "rule": rule.name},
        )
    AutomationRule.update(changes).where(AutomationRule.id == rule.id).execute()


def execute(run_id: int, *, at: datetime) -> None:
    """Do what a rule owes, in a transaction of its own; once, whoever comes first."""
    pending = (AutomationRun.id == run_id) & (AutomationRun.outcome == AutomationOutcome.PENDING)
    try:
        with transaction():
            taken = {"outcome": AutomationOutcome.DONE, "at": at}
            if AutomationRun.update(taken).where(pending).execute():
                _do(AutomationRun.get_by_id(run_id), at)
    except NotFound:
        _refuse(pending, {"template": GONE}, at)
    except PmoError as refusal:
        facts = {name: str(value) for name, value in refusal.facts.items()}
        _refuse(pending, {"template": refusal.template, "facts": facts}, at)
    except Exception:  # the person whose act woke the rule has had their way already
        log.exception("automation run=%s", run_id)
        _refuse(pending, {"template": UNFORESEEN}, at)


def _refuse(pending: pw.Expression, note: dict[str, Any], at: datetime) -> None:
    with transaction():
        refused = {"outcome": AutomationOutcome.REFUSED, "at": at, "note": note}
        AutomationRun.update(refused).where(pending).execute()


def _do(run: AutomationRun, at: datetime) -> None:
    rule = run.rule
    is_timed = run.occasion.startswith(TIMED)  # several rules share a date, but no chain
    begun = f"run:{run.id}" if is_timed else run.occasion
    with _in_chain(Chain(begun, run.depth + 1)):
        has_acted = (
            rule is not None and rule.is_on and automation_acts.act(rule, run.task_id, at=at)
        )
    if not has_acted:
        nothing = {"outcome": AutomationOutcome.NOTHING}
        AutomationRun.update(nothing).where(AutomationRun.id == run.id).execute()


@contextmanager
def _in_chain(chain: Chain) -> Iterator[None]:
    token = _present.set(chain)
    try:
        yield
    finally:
        _present.reset(token)


def run_due(at: datetime, today: date) -> None:
    """Note what time brings, then do all that is still owed; a job of the clock."""
    timed = AutomationRule.trigger.in_(sorted(automation.TIMED)) & AutomationRule.is_on
    # All read before the first is written: a reader that turns writer is refused by SQLite.
    for rule in list(AutomationRule.select(AutomationRule, Board).join(Board).where(timed)):
        fresh = _fresh(rule, at, today)
        if fresh:
            with transaction():
                for task_id, occasion in fresh:
                    _note_once(rule, task_id, occasion, at)
    pending = AutomationRun.select(AutomationRun.id).where(
        AutomationRun.outcome == AutomationOutcome.PENDING
    )
    for (run_id,) in rows(pending.order_by(AutomationRun.id).limit(AT_ONCE)):
        execute(run_id, at=at)


def trim(at: datetime, _today: date) -> None:
    """Forget what was done long ago; a job of the clock."""
    due, idle = (AutomationRun.occasion.startswith(prefix) for prefix in TIMED)
    timed = due | idle
    old = (AutomationRun.at < at - KEPT_TIMED) | ((AutomationRun.at < at - KEPT) & ~timed)
    old &= AutomationRun.outcome != AutomationOutcome.PENDING
    if AutomationRun.select().where(old).exists():
        with transaction():
            AutomationRun.delete().where(old).execute()


def _fresh(rule: AutomationRule, at: datetime, today: date) -> list[tuple[int, str]]:
    """Return the tasks that a timed rule has not yet acted on for their present occasion.

    Days are those of the office's calendar, as on the cards and in the filter.
    """
    days = timedelta(days=rule.days or 0)
    is_due = rule.trigger is AutomationTrigger.DUE
    when = Task.due_on if is_due else Task.entered_at
    midnight = datetime.combine(today - days + timedelta(days=1), time(), at.tzinfo)
    reached = Task.due_on.between(today, today + days) if is_due else Task.entered_at < midnight
    if rule.column_id is not None:
        reached &= Task.column == rule.column_id
    is_open = (Column.meaning != ColumnMeaning.DONE) & Task.archived_at.is_null()
    found = Task.select(Task.id, when).join(Column)
    found = found.where((Column.board == rule.board_id) & is_open & reached).order_by(Task.id)
    known = AutomationRun.select(AutomationRun.task, AutomationRun.occasion)
    done = set(rows(known.where(AutomationRun.rule == rule.id)))
    named = (
        (task_id, f"{rule.trigger.value}:{moment.isoformat()}") for task_id, moment in rows(found)
    )
    return [one for one in named if one not in done][:AT_ONCE]


def _note_once(rule: AutomationRule, task_id: int, occasion: str, at: datetime) -> None:
    values = {
        "board": rule.board_id,
        "rule": rule.id,
        "rule_name": rule.name,
        "task": task_id,
        "occasion": occasion,
        "at": at,
        "outcome": AutomationOutcome.PENDING,
    }
    AutomationRun.insert(values).on_conflict_ignore().execute()


def _note(
    rule: WokenRule,
    task_id: int,
    outcome: AutomationOutcome,
    *,
    at: datetime,
    occasion: str,
    depth: int = 0,
) -> AutomationRun:
    return AutomationRun.create(
        board=rule.board_id,
        rule=rule.id,
        rule_name=rule.name,
        task=task_id,
        occasion=occasion,
        depth=depth,
        at=at,
        outcome=outcome,
    )
