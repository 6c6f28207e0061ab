"""Recurring tasks: their forms, one's page, their order."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import ColumnMeaning, RecurrenceKind, TaskKind
from pmo.errors import AlreadyRecurring, StaleVersion, TooMany
from pmo.http import current, forms, recurrence_texts, stale
from pmo.http.access import requires
from pmo.http.labels import label_of
from pmo.queries import boards, cyclograms, headings, tasks
from pmo.queries import recurrences as queries
from pmo.queries.recurrences import RecurrenceView
from pmo.services import recurrence_values
from pmo.services import recurrences as services
from schemas.base import form_values
from schemas.recurrences import (
    RecurrenceForm,
    RecurrenceNewForm,
    RecurrencePlacementSchema,
    RecurrenceStateForm,
    RecurrenceVersionForm,
    YearQuerySchema,
)

bp = Blueprint("recurrences", __name__)

NEEDED = Capability.PROJECT_EDIT
THEIRS = {
    "title": _l("Title"),
    "description": _l("Description"),
    "checklist": _l("Checklist"),
    "expected_result": _l("Expected result"),
    "responsible": _l("Responsible in the plan"),
    "starts_on": _l("From which day"),
    "until": _l("To which day"),
    "days_ahead": _l("How many days ahead the card is made"),
    "participants": _l("Who takes part"),
    "document": _l("Form of the document"),
    "submitted_to": _l("Submitted to"),
}


@bp.get("/projects/<int:project_id>/recurrences/new")
@requires(NEEDED)
def new(project_id: int) -> ResponseReturnValue:
    """Show the form of a new recurring task."""
    project = headings.of_project(project_id, current.actor(), NEEDED)
    initial = {
        "kind": TaskKind.EVENT.value,
        "rule": RecurrenceKind.YEARLY.value,
        "month_from": "9",
        "month_to": "5",
        "weight": "1",
        "starts_on": current.today().isoformat(),
        "days_ahead": "7",
    }
    return render_template(
        "recurrences/new.html",
        project=project,
        form=forms.state(initial),
        action=url_for("recurrences.create", project_id=project_id),
        suggestion=None,
        **_choices(project_id),
    )


@bp.post("/projects/<int:project_id>/recurrences")
@requires(NEEDED)
@forms.redraws(new, TooMany)
def create(project_id: int) -> ResponseReturnValue:
    """Add a recurring task."""
    given = RecurrenceNewForm().load(request.form)
    who: dict[str, Any] = {"actor": current.actor(), "at": clock.now(), "today": current.today()}
    services.add(project_id, values=given, **who)
    flash(_("The recurring task is added."), "success")
    return _to_table(project_id)


@bp.get("/tasks/<int:task_id>/recurrence")
@requires(NEEDED)
def new_of_task(task_id: int) -> ResponseReturnValue:
    """Show the form that makes a card recurring; one that is already leads to what it is of."""
    actor = current.actor()
    found = queries.suggestion(task_id, actor, today=current.today())
    if found.recurrence_id is not None:
        return redirect(url_for("recurrences.show", recurrence_id=found.recurrence_id), 303)
    return render_template(
        "recurrences/new.html",
        project=headings.of_project(found.project_id, actor, NEEDED),
        form=forms.state({**_shown(found.values), "days_ahead": "7"}),
        action=url_for("recurrences.create_of_task", task_id=task_id),
        suggestion=found,
        **_choices(found.project_id),
    )


@bp.post("/tasks/<int:task_id>/recurrence")
@requires(NEEDED)
@forms.redraws(new_of_task, TooMany)
def create_of_task(task_id: int) -> ResponseReturnValue:
    """Make a card recurring."""
    given = RecurrenceNewForm().load(request.form)
    who: dict[str, Any] = {"actor": current.actor(), "at": clock.now(), "today": current.today()}
    try:
        added = services.add_of_task(task_id, values=given, **who)
    except AlreadyRecurring:
        return redirect(url_for("recurrences.new_of_task", task_id=task_id), 303)
    flash(_("The card is a recurring task now."), "success")
    return _to_table(added.project_id)


@bp.get("/recurrences/<int:recurrence_id>")
@requires(Capability.PROJECT_READ)
def show(recurrence_id: int) -> ResponseReturnValue:
    """Show a recurring task, and what became of it in a year."""
    asked = YearQuerySchema().load_filled(request.args)
    actor, today = current.actor(), current.today()
    entry, year, can_edit = cyclograms.of_recurrence(
        recurrence_id, actor, year=asked["year"], today=today
    )
    return render_template(
        "recurrences/show.html",
        project=headings.of_recurrence(recurrence_id, actor, Capability.PROJECT_READ),
        entry=entry,
        year=year,
        can_edit=can_edit,
        texts=recurrence_texts,
    )


@bp.get("/recurrences/<int:recurrence_id>/edit")
@requires(NEEDED)
def edit(recurrence_id: int) -> ResponseReturnValue:
    """Show the form of a recurring task."""
    actor = current.actor()
    project = headings.of_recurrence(recurrence_id, actor, NEEDED)
    view = queries.recurrence(recurrence_id, actor)
    saved = {**_shown(_values(view)), "version": str(view.version)}
    form = forms.state(saved)
    return render_template(
        "recurrences/edit.html",
        project=project,
        recurrence=view,
        form=form,
        theirs=stale.theirs(form, saved, THEIRS),
        **_choices(project.id),
    )


@bp.post("/recurrences/<int:recurrence_id>/edit")
@requires(NEEDED)
@forms.redraws(edit, StaleVersion)
def update(recurrence_id: int) -> ResponseReturnValue:
    """Save a recurring task."""
    given = RecurrenceForm().load(request.form)
    expected = given.pop("version")
    services.edit(
        recurrence_id, given, expected_version=expected, actor=current.actor(), at=clock.now()
    )
    flash(_("The recurring task is saved."), "success")
    return _to(recurrence_id)


@bp.post("/recurrences/<int:recurrence_id>/state")
@requires(NEEDED)
def switch(recurrence_id: int) -> ResponseReturnValue:
    """Pause a recurring task, or resume it."""
    given = RecurrenceStateForm().load(request.form)
    services.switch(
        recurrence_id,
        is_on=given["is_on"],
        expected_version=given["version"],
        actor=current.actor(),
        at=clock.now(),
        today=current.today(),
    )
    flash(_("It goes on from today.") if given["is_on"] else _("It is paused."), "success")
    return _to(recurrence_id)


@bp.post("/recurrences/<int:recurrence_id>/placement")
@requires(NEEDED)
def place(recurrence_id: int) -> ResponseReturnValue:
    """Put a recurring task before another, or behind all."""
    given = RecurrencePlacementSchema().load(request.form)
    services.place(
        recurrence_id, before_id=given["before_id"], actor=current.actor(), at=clock.now()
    )
    return _to_table(_project_of(recurrence_id))


@bp.get("/recurrences/<int:recurrence_id>/removal")
@requires(NEEDED)
def removal(recurrence_id: int) -> ResponseReturnValue:
    """Ask whether to remove a recurring task."""
    actor = current.actor()
    return render_template(
        "recurrences/removal.html",
        project=headings.of_recurrence(recurrence_id, actor, NEEDED),
        recurrence=queries.recurrence(recurrence_id, actor),
        form=forms.state(),
    )


@bp.post("/recurrences/<int:recurrence_id>/removal")
@requires(NEEDED)
@forms.redraws(removal, StaleVersion)
def destroy(recurrence_id: int) -> ResponseReturnValue:
    """Remove a recurring task; its cards stay."""
    given = RecurrenceVersionForm().load(request.form)
    project_id = _project_of(recurrence_id)
    services.remove(
        recurrence_id,
        expected_version=given["version"],
        actor=current.actor(),
        at=clock.now(),
    )
    flash(_("The recurring task is removed; its cards stay."), "success")
    return _to_table(project_id)


def _choices(project_id: int) -> dict[str, Any]:
    """Return what the form of a recurring task offers."""
    actor = current.actor()
    choices = tasks.choices(project_id, actor)
    heads = boards.of_project(project_id, actor)
    columns = [
        (column.id, column.name if len(heads) == 1 else f"{head.name} · {column.name}")
        for head in heads
        for column in boards.column_heads(head.id)
        if column.meaning is not ColumnMeaning.DONE
    ]
    months = recurrence_texts.month_names()
    return {
        "columns": columns,
        "rules": [(it.value, label_of(it)) for it in RecurrenceKind],
        "kinds": [(it.value, label_of(it)) for it in TaskKind],
        "months": [(number, months[number]) for number in range(1, 13)],
        "weekdays": recurrence_texts.weekday_names(),
        "stages": [(stage.id, stage.name) for stage in choices.stages],
        "people": [(person.id, person.name) for person in choices.people],
        "labels": [(label.id, label.name) for label in choices.labels],
    }


def _values(view: RecurrenceView) -> dict[str, Any]:
    lists = {
        "assignee_ids": [it.id for it in view.assignees],
        "label_ids": [it.id for it in view.labels],
    }
    plain = (name for name in recurrence_values.FIELDS if name not in lists)
    return {**{name: getattr(view, name) for name in plain}, **lists}


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    return {**form_values(values), "checklist": "\n".join(values["checklist"])}


def _project_of(recurrence_id: int) -> int:
    return headings.of_recurrence(recurrence_id, current.actor(), NEEDED).id


def _to(recurrence_id: int) -> ResponseReturnValue:
    return redirect(url_for("recurrences.show", recurrence_id=recurrence_id), 303)


def _to_table(project_id: int) -> ResponseReturnValue:
    return redirect(url_for("cyclograms.show", project_id=project_id), 303)
