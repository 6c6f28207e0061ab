"""The cyclogram of a project."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, etags, idempotency, recurrence_texts
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import cyclograms, half_year_promises
from pmo.queries import recurrences as queries
from pmo.queries.cyclograms import Entry, Mark
from pmo.queries.half_year_promises import Promise
from pmo.services import recurrences as services
from schemas.recurrences import (
    CyclogramSchema,
    RecurrenceCreateSchema,
    RecurrenceListSchema,
    RecurrencePlacementSchema,
    RecurrenceSchema,
    RecurrenceStateSchema,
    RecurrenceUpdateSchema,
    YearQuerySchema,
)

bp = ApiBlueprint(
    "Cyclogram",
    __name__,
    description="Recurring tasks of a project: what comes round, when, and how it stands.",
)

Fields = Mapping[str, Any]


@bp.route("/projects/<int:project_id>/cyclogram")
@bp.arguments(YearQuerySchema, location="query")
@bp.response(200, CyclogramSchema)
@requires(Capability.PROJECT_READ)
def table(asked: Fields, project_id: int) -> Any:
    """Get the cyclogram of a project.

    The table of an academic year, September to August, and how far the promises of this
    half-year and of the one before are kept: «не менее 1 раза в учебном полугодии».
    """
    actor, zone = current.actor(), current.settings().timezone
    found = cyclograms.of_project(project_id, actor, year=asked["year"], today=current.today())
    promises = half_year_promises.of_project(project_id, actor, at=clock.now(), zone=zone)
    return {
        "year": found.year,
        "months": [f"{month:%Y-%m}" for month in found.months],
        "is_at_rest": found.is_at_rest,
        "items": [_entry(entry) for entry in found.entries],
        "promises": [_promise(promise) for promise in promises],
    }


@bp.route("/projects/<int:project_id>/recurrences")
@bp.response(200, RecurrenceListSchema)
@requires(Capability.PROJECT_READ)
def index(project_id: int) -> Any:
    """List the recurring tasks of a project.

    In their order.
    """
    return {"items": queries.of_project(project_id, current.actor())}


@bp.route("/projects/<int:project_id>/recurrences", methods=["POST"])
@tagged("version")
@bp.arguments(RecurrenceCreateSchema)
@bp.response(201, RecurrenceSchema)
@requires(Capability.PROJECT_EDIT)
def create(fields: Fields, project_id: int) -> Any:
    """Add a recurring task behind the others.

    Its tasks are made by the clock. What was due before today is not made up for.
    """
    actor = current.actor()
    who: Any = {"actor": actor, "at": clock.now(), "today": current.today()}
    made = idempotency.once(lambda: services.add(project_id, values=fields, **who).recurrence_id)
    headers = made.headers("Cyclogram.show", recurrence_id=made.id)
    return queries.recurrence(made.id, actor), 201, headers


@bp.route("/tasks/<int:task_id>/recurrence", methods=["POST"])
@tagged("version")
@bp.arguments(RecurrenceCreateSchema)
@bp.response(201, RecurrenceSchema)
@requires(Capability.PROJECT_EDIT)
def create_of_task(fields: Fields, task_id: int) -> Any:
    """Make a task recurring.

    The task itself stands for the time that its due day falls into, so that no other is made for
    it. 409 if it belongs to a recurring task already.
    """
    actor = current.actor()
    who: Any = {"actor": actor, "at": clock.now(), "today": current.today()}
    made = idempotency.once(
        lambda: services.add_of_task(task_id, values=fields, **who).recurrence_id
    )
    headers = made.headers("Cyclogram.show", recurrence_id=made.id)
    return queries.recurrence(made.id, actor), 201, headers


@bp.route("/recurrences/<int:recurrence_id>")
@tagged("version")
@bp.response(200, RecurrenceSchema)
@requires(Capability.PROJECT_READ)
def show(recurrence_id: int) -> Any:
    """Get a recurring task.

    What its tasks are like, and how often they come.
    """
    return queries.recurrence(recurrence_id, current.actor())


@bp.route("/recurrences/<int:recurrence_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(RecurrenceUpdateSchema)
@bp.response(200, RecurrenceSchema)
@requires(Capability.PROJECT_EDIT)
def update(changes: Fields, recurrence_id: int) -> Any:
    """Edit a recurring task.

    What is left out stays as it is, and so do the tasks that were made.
    """
    actor, version = current.actor(), etags.expected_version()
    services.edit(recurrence_id, changes, expected_version=version, actor=actor, at=clock.now())
    return queries.recurrence(recurrence_id, actor)


@bp.route("/recurrences/<int:recurrence_id>/state", methods=["PUT"])
@tagged("version")
@bp.arguments(RecurrenceStateSchema)
@bp.response(200, RecurrenceSchema)
@requires(Capability.PROJECT_EDIT)
def switch(wanted: Fields, recurrence_id: int) -> Any:
    """Pause a recurring task, or resume it.

    It goes on from today: what was due meanwhile does not come.
    """
    actor = current.actor()
    services.switch(
        recurrence_id,
        is_on=wanted["is_on"],
        expected_version=etags.expected_version(),
        actor=actor,
        at=clock.now(),
        today=current.today(),
    )
    return queries.recurrence(recurrence_id, actor)


@bp.route("/recurrences/<int:recurrence_id>/placement", methods=["PUT"])
@bp.arguments(RecurrencePlacementSchema)
@bp.response(200, RecurrenceSchema)
@requires(Capability.PROJECT_EDIT)
def place(wanted: Fields, recurrence_id: int) -> Any:
    """Move a recurring task in its table.

    Names the one behind it. Needs no If-Match: the place is found under a lock.
    """
    services.place(recurrence_id, **wanted, actor=current.actor(), at=clock.now())
    return queries.recurrence(recurrence_id, current.actor())


@bp.route("/recurrences/<int:recurrence_id>", methods=["DELETE"])
@tagged("version")
@bp.response(204)
@requires(Capability.PROJECT_EDIT)
def destroy(recurrence_id: int) -> None:
    """Remove a recurring task.

    Its tasks stay; what became of its other occurrences is forgotten. To stop it for a while,
    pause it.
    """
    actor, version = current.actor(), etags.expected_version()
    services.remove(recurrence_id, expected_version=version, actor=actor, at=clock.now())


def _entry(entry: Entry) -> dict[str, Any]:
    return {"recurrence": entry.recurrence, "marks": [_mark(mark) for mark in entry.marks]}


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "key": mark.key,
        "starts_on": mark.starts_on.isoformat(),
        "ends_on": mark.ends_on.isoformat(),
        "due_on": mark.due_on.isoformat(),
        "state": mark.state,
        "task_id": mark.task_id,
        "task_key": mark.task_key,
        "reason": recurrence_texts.reason(mark.code, mark.facts),
        "left": mark.left,
    }


def _promise(promise: Promise) -> dict[str, Any]:
    return {
        "title": promise.title,
        "period": promise.text,
        "times": promise.times,
        "recurrence_id": promise.recurrence_id,
        "task_id": promise.task_id,
        "halves": [
            {
                "year": half.kept.half.year,
                "half": half.kept.half.half,
                "done": half.kept.done,
                "is_kept": half.kept.is_kept,
                "is_over": half.kept.is_over,
                "tasks": half.cards,
            }
            for half in promise.halves
        ],
    }
