"""How a period leaves: the text as written, and the days that it means."""

from pmo.domain.period_terms import Precision, Recurrence
from schemas import fields as f
from schemas.base import Schema


class SpanSchema(Schema):
    start = f.Date(description="First day, included; null if it has no start.", allow_none=True)
    end = f.Date(description="Last day, included; null if it has no end.", allow_none=True)


class PeriodSchema(Schema):
    text = f.Plain(
        description="The period exactly as written.", example="сентябрь – октябрь 2021 г."
    )
    spans = f.List(
        f.Nested(SpanSchema, description="One stretch of days."),
        description="The days that it means.",
    )
    starts_on = f.Date(description="The earliest day; null if there is none.", allow_none=True)
    ends_on = f.Date(description="The latest day; null if there is none.", allow_none=True)
    precision = f.Enum(Precision, description="The coarsest of what the text names.")
    recurrence = f.Enum(Recurrence, description="How it repeats.")
    times = f.Number(
        description="Times in each round of the recurrence, at least; 0 if not stated."
    )
    deadline = f.StrictBoolean(description="Written as a deadline: “by …”.")
    inferred = f.StrictBoolean(
        description="A year or a span came from the context, not from the text."
    )
    understood = f.StrictBoolean(description="False keeps the text only: nothing is guessed.")
