"""Reports of sprints, and the velocity of a project."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields

from pmo.domain.vocabulary import LeftoverDecision
from schemas import fields as f
from schemas.base import QuerySchema, Schema
from schemas.fields.base import MESSAGES, Translated


class PastMoment(Translated, fields.AwareDateTime):
    """A moment with its time zone, ISO 8601 (`2026-11-22T12:00:00Z`)."""

    default_error_messages = {
        **MESSAGES,
        "invalid": _l("A moment is expected, such as 2026-11-22T12:00:00Z."),
        "format": _l("A moment is expected, such as 2026-11-22T12:00:00Z."),
        "invalid_awareness": _l("A moment is expected, such as 2026-11-22T12:00:00Z."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="iso", **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> datetime:
        text = value.replace(" ", "+") if isinstance(value, str) else value
        moment: datetime = super()._deserialize(text, attr, data, **kwargs)
        return moment


class AsOfSchema(QuerySchema):
    """As of which moment something is asked."""

    as_of = PastMoment(
        description="The moment; now if left out.",
        load_default=None,
        example="2026-11-22T12:00:00Z",
    )


class LineSchema(Schema):
    """A card in a list of a report."""

    task = f.Number(description="Number of the card within the project.")
    weight = f.Number(description="Its weight after what is told.")
    at = f.Plain(description="When, ISO 8601; null where it says nothing.", allow_none=True)
    was = f.Number(description="Its weight before, of a re-estimate.", allow_none=True)
    reason = f.Plain(
        description="Why, as written; `archived`, `merged`, `transferred`, `restored` if that was "
        "the way; '' where none is given."
    )


class LeftSchema(Schema):
    """A card that was not finished at the closing."""

    task = f.Number(description="Number of the card within the project.")
    weight = f.Number(description="Its weight; of a split card, what is done of it.")
    decision = f.Choice([*LeftoverDecision], description="What became of it.")
    reason = f.Plain(description="Why.")
    to = f.Number(
        description="Number of the sprint that it, or its rest, went to.", allow_none=True
    )
    new_task = f.Number(description="Number of the card that took the rest.", allow_none=True)
    times = f.Number(description="How often it was carried over by then, this time included.")


class PointSchema(Schema):
    """The end of a working day, or as far as it has come."""

    day = f.Plain(description="The day, ISO 8601.")
    elapsed = f.Number(description="Working days since the start, this one included.")
    scope = f.Number(description="Weight of all that is in the sprint.")
    done = f.Number(description="Weight of what is done; the rest remains.")


class AtStartSchema(Schema):
    """A sprint when it started."""

    scope = f.Number(description="Weight of all that is in it.")
    done = f.Number(description="Weight of what was done already.")


def _lines(about: str) -> f.List:
    return f.List(f.Nested(LineSchema, description="A card."), description=about)


class SprintReportSchema(Schema):
    """What became of a sprint; frozen when it is closed."""

    sprint = f.Number(description="Number of the sprint; 0 is the trial one.")
    goal = f.Plain(description="Its goal.")
    goal_met = f.StrictBoolean(
        description="Whether it was met; null until it is closed.", allow_none=True
    )
    starts_on = f.Plain(description="Its planned first day.")
    ends_on = f.Plain(description="Its planned last day.")
    started_at = f.Plain(description="When it was started.")
    closed_at = f.Plain(description="When it was closed; null if not by then.", allow_none=True)
    as_of = f.Plain(description="The moment of these figures.")
    started_late = f.Number(description="Days from the planned first one to the start.")
    ended_late = f.Number(description="Days from the planned last one to the closing, or to now.")
    said = f.Number(description="Weight that was committed to.")
    kept = f.Number(description="Weight of what was committed to and is done.")
    velocity = f.Number(description="Weight of all that is done, what was added later too.")
    committed = _lines("What it started with, frozen then.")
    added = _lines("What came after the start.")
    removed = _lines("What went, unfinished.")
    re_estimated = _lines("Changes of weight: of scope, never progress.")
    re_estimated_done = _lines("Those of cards that were done.")
    done = _lines("What is done.")
    unfinished = _lines("What is not done.")
    reopened = _lines("What was done and is to be done again.")
    moved_back = _lines("What went back a step.")
    back = _lines("What was taken out and put in again.")
    left = f.List(
        f.Nested(LeftSchema, description="A card."),
        description="What was not done at the closing, and what was decided.",
    )
    work_days = f.Number(description="Working days from the start to the planned end.")
    days = f.List(f.Plain(), description="Working days from the start on, also those to come.")
    at_start = f.Nested(AtStartSchema, description="Scope and done at the start.")
    points = f.List(
        f.Nested(PointSchema, description="A day."), description="Day by day, up to the moment."
    )


class SprintDoneSchema(Schema):
    """What a closed sprint has brought."""

    sprint = f.Number(description="Number of the sprint.")
    said = f.Number(description="Weight that was committed to.")
    done = f.Number(description="Weight of what was done.")


class VelocitySchema(Schema):
    """What the last sprints of a project have brought; never of a person."""

    middle = f.Ratio(
        description="Median of the last three to five; null while there are fewer.",
        allow_none=True,
    )
    low = f.Number(description="The lowest of them.")
    high = f.Number(description="The highest of them.")
    sprints = f.List(
        f.Nested(SprintDoneSchema, description="A sprint."), description="All that are closed."
    )
