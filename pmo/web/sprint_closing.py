"""The closing of a sprint, in three steps: what is left, what it has come to, what will happen."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.domain.sprint_closing import REST_TO, Leftover, check
from pmo.domain.vocabulary import LeftoverDecision, NoteColumn, SprintState
from pmo.errors import (
    DefinitionOfDoneAsked,
    LeftoversChanged,
    LeftoversUndecided,
    NoColumnForLeftovers,
    NoNextSprint,
    SprintNotActive,
    StaleVersion,
    WipLimitReached,
    WipRuleReached,
)
from pmo.http import closing_forms, current, forms, sprint_reporting
from pmo.http.access import requires
from pmo.http.closing_forms import Step, closing_of
from pmo.http.forms import Form
from pmo.queries import sprint_closing as queries
from pmo.queries.sprint_closing import ClosingView
from pmo.services import sprint_closing as services

bp = Blueprint("sprint_closing", __name__)

NEEDED = Capability.SPRINT_PLAN
REFUSALS = (
    LeftoversUndecided,
    LeftoversChanged,
    NoNextSprint,
    NoColumnForLeftovers,
    DefinitionOfDoneAsked,
    StaleVersion,
    WipLimitReached,
    WipRuleReached,
)


@bp.get("/sprints/<int:sprint_id>/closing")
@requires(NEEDED)
def show(sprint_id: int) -> ResponseReturnValue:
    """Show a step of the closing; the first one, until another was asked for."""
    found = queries.view(sprint_id, current.actor())
    if found.sprint.state is not SprintState.ACTIVE:
        raise SprintNotActive(found.sprint.number)
    form = forms.state({"version": str(found.sprint.version)})
    return _page(found, form)


@bp.post("/sprints/<int:sprint_id>/closing")
@requires(NEEDED)
@forms.redraws(show, *REFUSALS)
def update(sprint_id: int) -> ResponseReturnValue:
    """Go to another step, or close the sprint; nothing is written before that."""
    wanted = request.form.get("step", "")
    if wanted == Step.LEFTOVERS:
        return _again(sprint_id)
    given = closing_forms.read(request.form, is_last=wanted not in {Step.OUTCOME})
    if wanted != Step.CLOSE:
        _check(queries.view(sprint_id, current.actor()), given)
        return _again(sprint_id)
    services.close(
        sprint_id,
        closing_of(given),
        expected_version=given["version"],
        confirmed=given["confirmed"],
        zone=current.settings().timezone,
        actor=current.actor(),
        at=clock.now(),
    )
    flash(_("The sprint is closed, and its report is frozen."), "success")
    return redirect(url_for("sprint_reports.show", sprint_id=sprint_id), 303)


def _again(sprint_id: int) -> ResponseReturnValue:
    values = {name: typed if len(typed) > 1 else typed[0] for name, typed in request.form.lists()}
    return _page(queries.view(sprint_id, current.actor()), Form(values=values))


def _check(found: ClosingView, given: dict[str, Any]) -> None:
    """Refuse in the first step already what the closing would refuse."""
    check(
        closing_of(given).decisions,
        [Leftover(it.task_id, it.key, it.weight) for it in found.leftovers],
        number=found.sprint.number,
        has_next=found.next_number is not None,
        reason=given["reason"],
    )


def _page(found: ClosingView, form: Form) -> ResponseReturnValue:
    step = closing_forms.step_of(form)
    kinds = [
        it
        for it in LeftoverDecision
        if found.next_number is not None or it is not LeftoverDecision.NEXT_SPRINT
    ]
    split = [
        it
        for it in found.leftovers
        if form.value(f"decision.{it.task_id}") == LeftoverDecision.SPLIT
    ]
    return render_template(
        "sprint_closing/show.html",
        closing=found,
        sprint=found.sprint,
        title=sprint_reporting.name(found.sprint.number),
        next_name=None if found.next_number is None else sprint_reporting.name(found.next_number),
        step=step.value,
        steps=list(Step)[:3],
        form=form,
        hidden=list(closing_forms.hidden(form, step)),
        kinds=kinds,
        rest_to=[it for it in REST_TO if it in kinds],
        columns=list(NoteColumn),
        split=split,
    )
