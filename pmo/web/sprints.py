"""Sprints: those of a project, how it works in them, and the page of each."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pmo import clock
from pmo.domain import sprints as rules
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import SprintPolicy, SprintState, WeightUnit
from pmo.errors import Conflict, InUse, SprintCountFixed, StaleVersion
from pmo.http import (
    current,
    error_texts,
    forms,
    sprint_forms,
    sprint_reporting,
    sprint_texts,
    stale,
)
from pmo.http.access import requires
from pmo.http.charts import Figure
from pmo.queries import planning, sprint_changes, sprint_reports, tasks
from pmo.queries import sprints as queries
from pmo.queries.sprints import SprintDetail, SprintsView
from pmo.services import sprints as services
from pmo.services.sprints import Share
from schemas.sprints import (
    SprintForm,
    SprintPlanSchema,
    SprintSettingsSchema,
    SprintStartForm,
)

bp = Blueprint("sprints", __name__)

NEEDED = Capability.SPRINT_PLAN
FIELDS = {"goal": _l("Goal"), "starts_on": _l("First day"), "ends_on": _l("Last day of the sprint")}


@bp.get("/projects/<int:project_id>/sprints")
@requires(Capability.PROJECT_READ)
def index(project_id: int) -> ResponseReturnValue:
    """Show the sprints of a project, and how it works in them."""
    found = queries.of_project(project_id, current.actor())
    may_add = found.policy is SprintPolicy.FREE
    return render_template(
        "sprints/index.html",
        project=found,
        form=forms.state(sprint_forms.layout(found, current.today())),
        policies=list(SprintPolicy),
        units=list(WeightUnit),
        can_lay_out=sprint_forms.can_lay_out(found) or may_add,
        is_anew=sprint_forms.can_lay_out(found),
        takes=_takes(found),
        amount=sprint_texts.amount,
        limits={"count": rules.MOST_SPRINTS, "weeks": rules.LONGEST_WEEKS},
    )


@bp.post("/projects/<int:project_id>/sprints")
@requires(NEEDED)
@forms.redraws(index, SprintCountFixed, InUse)
def create(project_id: int) -> ResponseReturnValue:
    """Lay the sprints of a project out."""
    given = SprintPlanSchema().load(request.form)
    services.lay_out(project_id, **given, actor=current.actor(), at=clock.now())
    flash(_("The sprints are laid out."), "success")
    return redirect(url_for("sprints.index", project_id=project_id), 303)


@bp.post("/projects/<int:project_id>/sprint-settings")
@requires(NEEDED)
def settings(project_id: int) -> ResponseReturnValue:
    """Choose the policy, and what weights are counted in."""
    given = SprintSettingsSchema().load(request.form)
    values = {**given, "actor": current.actor(), "at": clock.now()}
    services.set_policy(project_id, values.pop("policy"), **values)
    flash(_("Saved."), "success")
    return redirect(url_for("sprints.index", project_id=project_id), 303)


@bp.get("/sprints/<int:sprint_id>")
@requires(Capability.PROJECT_READ)
def show(sprint_id: int) -> ResponseReturnValue:
    """Show a sprint: goal, days, people, cards, and what changed since its start."""
    return _page(sprint_id, refused="")


@bp.get("/sprints/<int:sprint_id>/edit")
@requires(NEEDED)
def edit(sprint_id: int) -> ResponseReturnValue:
    """Show the form of a sprint."""
    actor = current.actor()
    detail = queries.detail(sprint_id, actor, NEEDED)
    saved = sprint_forms.sprint(detail)
    form = forms.state(saved)
    return render_template(
        "sprints/edit.html",
        **_heading(detail),
        form=form,
        members=_members(detail),
        theirs=stale.theirs(form, saved, FIELDS),
        shortest=_shortest(detail),
    )


@bp.post("/sprints/<int:sprint_id>")
@requires(NEEDED)
@forms.redraws(edit, StaleVersion)
def update(sprint_id: int) -> ResponseReturnValue:
    """Save a sprint."""
    given = SprintForm().load(sprint_forms.sent(request.form))
    expected = given.pop("version")
    if "people" in given:
        given["people"] = [Share(**person) for person in given["people"]]
    actor = current.actor()
    services.edit(sprint_id, given, expected_version=expected, actor=actor, at=clock.now())
    flash(_("The sprint is saved."), "success")
    return redirect(url_for("sprints.show", sprint_id=sprint_id), 303)


@bp.post("/sprints/<int:sprint_id>/start")
@requires(NEEDED)
def start(sprint_id: int) -> ResponseReturnValue:
    """Start a sprint; if it cannot, its page says why."""
    given = SprintStartForm().load(request.form)
    actor = current.actor()
    try:
        services.start(sprint_id, expected_version=given["version"], actor=actor, at=clock.now())
    except Conflict as refusal:
        return _page(sprint_id, refused=error_texts.sentence_of(refusal)), 409
    flash(_("The sprint runs."), "success")
    return redirect(url_for("sprints.show", sprint_id=sprint_id), 303)


def _page(sprint_id: int, *, refused: str) -> str:
    actor, today = current.actor(), current.today()
    detail = queries.detail(sprint_id, actor)
    cards = planning.cards_of(sprint_id, actor, today=today)
    return render_template(
        "sprints/show.html",
        **_heading(detail),
        refused=refused,
        columns=_by_column(cards),
        load=planning.load(detail),
        changes=sprint_changes.of_sprint(sprint_id, actor),
        texts=sprint_texts,
        waits=_takes(detail.siblings)[detail.sprint.number],
        figures=_figures(detail),
    )


def _figures(detail: SprintDetail) -> tuple[Figure, ...]:
    """Return burndown and burn-up as of now, () before the start."""
    if detail.sprint.state is SprintState.PLANNED:
        return ()
    sprint_id, zone = detail.sprint.id, current.settings().timezone
    kept = sprint_reports.report(sprint_id, current.actor(), as_of=clock.now(), zone=zone)
    path = url_for("sprint_reports.show", sprint_id=sprint_id)
    return sprint_reporting.drawn(kept, path) if kept else ()


def _heading(detail: SprintDetail) -> dict[str, Any]:
    return {
        "sprint": detail.sprint,
        "people": detail.people,
        "project": detail.siblings,
        "State": SprintState,
    }


def _by_column(cards: tuple[planning.PlannedCard, ...]) -> list[tuple[str, list[Any]]]:
    """Group cards by the names of their columns, in board order."""
    found: dict[tuple[str, str], list[Any]] = {}
    for card in cards:
        found.setdefault((card.board, card.column), []).append(card)
    boards = {board for board, _column in found}
    return [
        (f"{board} · {column}" if len(boards) > 1 else column, cards_)
        for (board, column), cards_ in found.items()
    ]


def _members(detail: SprintDetail) -> list[dict[str, Any]]:
    """Return the rows of the form: members of the project, and who is in the sprint already."""
    members = tasks.choices(detail.siblings.project_id, current.actor()).people
    rows = {it.id: it.name for it in members}
    rows |= {it.user_id: it.name for it in detail.people}
    return [{"id": id_, "name": name} for id_, name in sorted(rows.items(), key=lambda it: it[1])]


def _shortest(detail: SprintDetail) -> int:
    is_short = detail.sprint.is_trial or detail.siblings.policy is SprintPolicy.FREE
    return rules.SHORTEST_DAYS if is_short else 7 * rules.SHORTEST_WEEKS


def _takes(found: SprintsView) -> dict[int, str]:
    """Return why a sprint takes no cards now, by number; '' if it does."""
    refusals = {
        it.number: queries.takes(it.number, found.standings, found.policy) for it in found.sprints
    }
    return {number: error_texts.sentence_of(it) if it else "" for number, it in refusals.items()}
