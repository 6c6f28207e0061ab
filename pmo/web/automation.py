"""Automation of a board: its rules, their forms, and the log of what they did."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.automation import OF_ACTION
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import AutomationTrigger
from pmo.errors import InUse
from pmo.http import automation_texts, current, forms, rendering
from pmo.http.access import requires
from pmo.http.labels import label_of
from pmo.queries import automation as queries
from pmo.queries import boards, tasks
from pmo.queries.boards import BoardHead
from pmo.services import automation_rules as services
from schemas.automation import (
    AutomationRuleCreateSchema,
    AutomationRuleForm,
    RulePlacementSchema,
    RuleStateForm,
    RuleVersionForm,
)
from schemas.base import form_values
from schemas.histories import EarlierQuerySchema

bp = Blueprint("automation", __name__)

LOG_LINES = 50
FIELDS = (
    "name",
    "trigger",
    "action",
    "column_id",
    "days",
    "target_id",
    "user_id",
    "label_id",
)


@bp.get("/boards/<int:board_id>/automation")
@requires(Capability.BOARD_CONFIGURE)
def index(board_id: int) -> ResponseReturnValue:
    """Show the rules of a board and the form of a new one."""
    actor = current.actor()
    head, _columns = boards.settings(board_id, actor)
    rules, last = queries.of_board(board_id, actor), queries.last_runs(board_id, actor)
    return render_template(
        "boards/automation.html",
        rules=[
            (rule, automation_texts.sentence(rule), automation_texts.reason(last.get(rule.id)))
            for rule in rules
        ],
        form=forms.state(),
        **_choices(head),
    )


@bp.post("/boards/<int:board_id>/automation-rules")
@requires(Capability.BOARD_CONFIGURE)
@forms.redraws(index, InUse)
def create(board_id: int) -> ResponseReturnValue:
    """Add a rule."""
    given = AutomationRuleCreateSchema().load(request.form)
    rule_id = services.add(board_id, values=given, actor=current.actor(), at=clock.now())
    return _saved(board_id, rule_id)


@bp.get("/automation-rules/<int:automation_rule_id>/edit")
@requires(Capability.BOARD_CONFIGURE)
def edit(automation_rule_id: int) -> ResponseReturnValue:
    """Show the form of a rule."""
    actor = current.actor()
    rule = queries.rule(automation_rule_id, actor)
    head, _columns = boards.settings(rule.board_id, actor)
    values = form_values({name: getattr(rule, name) for name in (*FIELDS, "text")})
    return render_template(
        "boards/automation_rule.html",
        rule=rule,
        form=forms.state(values),
        **_choices(head),
    )


@bp.post("/automation-rules/<int:automation_rule_id>/edit")
@requires(Capability.BOARD_CONFIGURE)
@forms.redraws(edit)
def update(automation_rule_id: int) -> ResponseReturnValue:
    """Save a rule."""
    return _edited(automation_rule_id, AutomationRuleForm().load(request.form))


@bp.post("/automation-rules/<int:automation_rule_id>/state")
@requires(Capability.BOARD_CONFIGURE)
def switch(automation_rule_id: int) -> ResponseReturnValue:
    """Switch a rule on or off."""
    return _edited(automation_rule_id, RuleStateForm().load(request.form))


@bp.post("/automation-rules/<int:automation_rule_id>/placement")
@requires(Capability.BOARD_CONFIGURE)
def place(automation_rule_id: int) -> ResponseReturnValue:
    """Put a rule before another, or at the end."""
    wanted = RulePlacementSchema().load(request.form)
    board_id = services.move(automation_rule_id, **wanted, actor=current.actor(), at=clock.now())
    return _saved(board_id, automation_rule_id)


@bp.post("/automation-rules/<int:automation_rule_id>/removal")
@requires(Capability.BOARD_CONFIGURE)
def destroy(automation_rule_id: int) -> ResponseReturnValue:
    """Remove a rule."""
    given = RuleVersionForm().load(request.form)
    board_id = services.remove(
        automation_rule_id,
        expected_version=given["version"],
        actor=current.actor(),
        at=clock.now(),
    )
    return _saved(board_id)


@bp.get("/boards/<int:board_id>/automation/log")
@requires(Capability.BOARD_CONFIGURE)
def log(board_id: int) -> ResponseReturnValue:
    """Show what the rules of a board did, the latest first."""
    actor = current.actor()
    head, _columns = boards.settings(board_id, actor)
    before = EarlierQuerySchema().load(request.args).get("before_id")
    found = queries.log(board_id, actor, limit=LOG_LINES + 1, before_id=before)
    said: dict[int | None, str] = {
        it.id: automation_texts.sentence(it) for it in queries.of_board(board_id, actor)
    }
    return render_template(
        "boards/automation_log.html",
        board=head,
        lines=[
            (run, said.get(run.rule_id, ""), automation_texts.reason(run))
            for run in found[:LOG_LINES]
        ],
        more=found[LOG_LINES - 1].id if len(found) > LOG_LINES else None,
    )


def _choices(head: BoardHead) -> dict[str, Any]:
    """Return what the form of a rule offers."""
    actor = current.actor()
    choices = tasks.choices(head.project_id, actor)
    return {
        "board": head,
        "triggers": [(it.value, label_of(it)) for it in AutomationTrigger],
        "actions": [(it.value, label_of(it)) for it in OF_ACTION],
        "columns": [(column.id, column.name) for column in boards.column_heads(head.id)],
        "people": [(person.id, person.name) for person in choices.people],
        "labels": [(label.id, label.name) for label in choices.labels],
    }


def _edited(rule_id: int, changes: dict[str, Any]) -> ResponseReturnValue:
    version = changes.pop("version")
    board_id = services.edit(
        rule_id,
        changes=changes,
        expected_version=version,
        actor=current.actor(),
        at=clock.now(),
    )
    return _saved(board_id, rule_id)


def _saved(board_id: int, rule_id: int | None = None) -> ResponseReturnValue:
    flash(_("Saved."), "success")
    anchor = rendering.dom_id("rule", rule_id) if rule_id else None
    return redirect(url_for("automation.index", board_id=board_id, _anchor=anchor), 303)
