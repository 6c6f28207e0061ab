"""Sprints: what may be sent, and what is given back."""

from typing import Any

import marshmallow as ma
from flask_babel import lazy_gettext as _l

from pmo.domain.commitments import Basis
from pmo.domain.sprint_changes import ChangeKind
from pmo.domain.sprint_fit import Misfit
from pmo.domain.sprints import (
    GOAL_LENGTH,
    LONGEST_WEEKS,
    MOST_DAYS_OFF,
    MOST_PEOPLE,
    MOST_SPRINTS,
    REASON_LENGTH,
)
from pmo.domain.vocabulary import SprintPolicy, SprintState, WeightUnit
from schemas import fields as f
from schemas.base import QuerySchema, Schema, Versioned
from schemas.cards import CardSchema
from schemas.task_filters import TaskFilterSchema

MOST_CARDS = 500


class SprintSettingsSchema(Schema):
    """How a project works in sprints."""

    policy = f.Enum(
        SprintPolicy,
        description="`rolling`: each sprint waits for the one before to be closed. `free`: any "
        "sprint that is not closed takes cards. Either way one runs at a time.",
        required=True,
        example="rolling",
    )
    weight_unit = f.Enum(
        WeightUnit,
        description="What weights of tasks are counted in; left out, it stays.",
        load_default=None,
        example="hours",
    )


class SprintPlanSchema(SprintSettingsSchema):
    """The sprints that a project is to have: a trial one, and so many others behind it."""

    count = f.Integer(
        description="How many, beside the trial one. Fixed when the first starts, unless the "
        "policy is `free`.",
        low=1,
        high=MOST_SPRINTS,
        required=True,
        example=5,
    )
    starts_on = f.Date(
        description="First day of the trial one.", required=True, example="2025-01-13"
    )
    weeks = f.Integer(
        description="Weeks of each; 3 to 12, from 1 if the policy is `free`.",
        low=1,
        high=LONGEST_WEEKS,
        required=True,
        example=4,
    )
    trial_weeks = f.Integer(
        description="Weeks of the trial one.", low=1, high=LONGEST_WEEKS, required=True, example=2
    )


class ShareChoiceSchema(Schema):
    """How much of a person a sprint has."""

    user_id = f.Id(description="The person: a member of the project.", required=True, example=4)
    percent = f.Integer(
        description="How much of a working day.", low=1, high=100, load_default=100, example=50
    )
    days_off = f.Integer(
        description="Working days away.", low=0, high=MOST_DAYS_OFF, load_default=0, example=2
    )


class SprintUpdateSchema(Schema):
    """Fields of a sprint to set; what is left out stays as it is."""

    goal = f.Text(
        description="What it is to reach; '' for none.",
        max_length=GOAL_LENGTH,
        example="Провести первый семинар",
    )
    starts_on = f.Date(description="Its first day.", example="2025-01-27")
    ends_on = f.Date(description="Its last day.", example="2025-02-23")
    people = f.List(
        f.Nested(ShareChoiceSchema, description="A person."),
        description="Who works in it how much: the whole list, each person once.",
        most=MOST_PEOPLE,
        example=[{"user_id": 4, "percent": 50, "days_off": 2}],
    )

    @ma.validates("people")
    def check_people(self, people: list[dict[str, Any]], **_kwargs: Any) -> None:
        """Refuse a person who stands there twice."""
        ids = [person["user_id"] for person in people if "user_id" in person]
        if len(set(ids)) < len(ids):
            raise ma.ValidationError(str(_l("Each person once.")))


class SprintForm(Versioned, SprintUpdateSchema):
    """The form of a sprint."""


class SprintStartForm(Versioned, Schema):
    """The button that starts a sprint."""


def _reason() -> f.Text:
    return f.Text(
        description="Why; kept in the journal, and shown as a change of scope if the sprint runs.",
        max_length=REASON_LENGTH,
        load_default="",
        example="Просит заказчик",
    )


class ScopeSchema(Schema):
    """Cards to put into a sprint."""

    task_ids = f.List(
        f.Id(description="Number of a task."),
        description="Cards of the same project. Those that are there already stay as they are.",
        least=1,
        most=MOST_CARDS,
        required=True,
        example=[12, 13],
    )
    reason = _reason()


class ReasonQuerySchema(QuerySchema):
    """Why a card goes back into the backlog."""

    reason = _reason()


class ScopeForm(Schema):
    """The form of the planning screen: chosen cards, or one by its own button."""

    task_ids = f.List(f.Id(description="Number of a task."), most=MOST_CARDS)
    one = f.Id(description="Only this card, whatever is chosen.", allow_none=True)
    reason = _reason()
    back = f.String(max_length=1_000, load_default="", description="Address to come back to.")


class TaskSprintForm(Schema):
    """The form in a card's panel that puts it into a sprint."""

    sprint_id = f.Id(description="The sprint; empty for the backlog.", allow_none=True)
    reason = _reason()


class PlanningQuerySchema(QuerySchema):
    """Which page of the backlog a planning screen shows."""

    page = f.Integer(low=1, high=1_000, load_default=1, description="Which page, from 1.")


class BacklogQuerySchema(TaskFilterSchema):
    """Which cards of the backlog are wanted. sprint: the backlog is of none."""

    class Meta(TaskFilterSchema.Meta):
        exclude = ("sprint",)

    page = f.Integer(low=1, high=100_000, load_default=1, description="Which page, from 1.")
    page_size = f.Integer(low=1, high=100, load_default=50, description="How many on a page.")


class ShareSchema(Schema):
    """A person in a sprint."""

    user_id = f.Number(description="Number of the person.")
    login = f.Plain(description="Their login.")
    name = f.Plain(description="Their name.")
    percent = f.Number(description="How much of a working day.")
    days_off = f.Number(description="Working days away.")


class SprintSchema(Schema):
    """A sprint as it stands now."""

    id = f.Number(description="Number of the sprint in addresses.")
    number = f.Number(description="Its number in the project; 0: the trial one.")
    is_trial = f.StrictBoolean(description="It is the trial one.")
    goal = f.Plain(description="What it is to reach.")
    starts_on = f.Date(description="Its first day.")
    ends_on = f.Date(description="Its last day.")
    state = f.Enum(SprintState, description="What has become of it.")
    started_at = f.Moment(description="When it was started, UTC; null if not.", allow_none=True)
    closed_at = f.Moment(description="When it was closed, UTC; null if not.", allow_none=True)
    goal_met = f.StrictBoolean(
        description="Whether its goal was met; null until it is closed.", allow_none=True
    )
    task_count = f.Number(description="Cards in it, but for archived ones.")
    done_count = f.Number(description="Those of them that are done.")
    weight = f.Number(description="What they weigh.")
    done_weight = f.Number(description="What the done ones weigh.")
    version = f.Number(description="Counts edits; its ETag.")


class SprintDetailSchema(SprintSchema):
    """A sprint with its people."""

    project_id = f.Number(description="Its project.")
    weight_unit = f.Enum(WeightUnit, description="What weights are counted in.")
    people = f.List(
        f.Nested(ShareSchema, description="A person."), description="Its people, by name."
    )


class SprintsSchema(Schema):
    """The sprints of a project."""

    project_id = f.Number(description="The project.")
    policy = f.Enum(SprintPolicy, description="Whether each waits for the one before.")
    count = f.Number(
        description="How many beside the trial one; null until they are laid out.", allow_none=True
    )
    weight_unit = f.Enum(WeightUnit, description="What weights are counted in.")
    can_plan = f.StrictBoolean(description="Whether you may change them.")
    items = f.List(
        f.Nested(SprintSchema, description="A sprint."),
        description="In their order, the trial one first.",
        attribute="sprints",
    )


class PlannedCardSchema(Schema):
    """A card of a sprint, and what of it does not fit."""

    task = f.Nested(CardSchema, description="The card.", attribute="card")
    expected_result = f.Plain(description="What is to come of it; '' if that is not said.")
    misfits = f.List(f.Enum(Misfit), description="What does not fit the sprint.")
    late = f.List(
        f.Plain(description="Key of a task."),
        description="What it waits for that neither this sprint nor one before it is to do.",
    )


class PlannedCardsSchema(Schema):
    """The cards of a sprint."""

    items = f.List(
        f.Nested(PlannedCardSchema, description="A card."), description="In board order."
    )


class ScopeChangeSchema(Schema):
    """A change of scope."""

    kind = f.Enum(ChangeKind, description="What it was.", attribute="change.kind")
    at = f.Moment(description="When, UTC.", attribute="change.at")
    task_id = f.Number(description="The task; null if it is gone.", allow_none=True)
    key = f.Plain(description="Its number as people say it.")
    title = f.Plain(description="Its title now.")
    actor = f.Plain(description="Name of who did it.", attribute="change.actor")
    reason = f.Plain(
        description="Why, as written; or the kind of the event that did it.",
        attribute="change.reason",
    )
    was = f.Number(description="What it weighed before; 0 if it is new.", attribute="change.was")
    weight = f.Number(description="What it weighed then; 0 if it went.", attribute="change.weight")


class ScopeChangesSchema(Schema):
    """What changed in a sprint since its start, up to its closing."""

    cards = f.Number(description="Cards that it began with.")
    weight = f.Number(description="What they weighed.")
    items = f.List(
        f.Nested(ScopeChangeSchema, description="A change."),
        description="The oldest first.",
        attribute="lines",
    )


class CapacityShareSchema(Schema):
    """What a person can take on."""

    user_id = f.Number(description="Number of the person.")
    name = f.Plain(description="Their name.")
    percent = f.Number(description="How much of a working day.")
    days_off = f.Number(description="Working days away.")
    days = f.Ratio(description="Person-days.")
    hours = f.Ratio(description="Person-hours.")


class SprintCapacitySchema(Schema):
    """Capacity against commitment."""

    working_days = f.Number(description="Working days of the sprint.")
    working_hours = f.Number(description="Hours of work in them, at 40 a week.")
    person_days = f.Ratio(description="Person-days of all.")
    person_hours = f.Ratio(description="Person-hours of all.")
    committed = f.Number(description="What its cards weigh, in the unit of the project.")
    basis = f.Enum(
        Basis,
        description="What that is compared with: the hours of its people; what closed sprints "
        "brought for a person-day (`rate`); what they brought (`velocity`); nothing yet.",
    )
    most = f.Ratio(description="How much fits; null if nothing tells it.", allow_none=True)
    past_sprints = f.Number(description="How many closed sprints it was learnt from.")
    people = f.List(f.Nested(CapacityShareSchema, description="A person."), description="By name.")
