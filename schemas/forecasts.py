"""Forecasts, as the API gives them out."""

from pmo.domain.flow.forecast import Refusal
from schemas import fields as f
from schemas.base import QuerySchema, Schema
from schemas.flow import LONGEST_DAYS, MOST_CARDS, FinishedSchema

MOST_SEED = 2**31 - 1


class ForecastQuerySchema(QuerySchema):
    """What a forecast is asked for."""

    as_of = f.Date(
        load_default=None,
        description="The day at whose end one looks: nothing later is known. Today if left out, "
        "and for a day to come.",
    )
    count = f.Integer(
        low=1,
        high=100_000,
        load_default=None,
        description="How many cards are to be done; all that are left if left out.",
    )
    by = f.Date(load_default=None, description="The day by which cards are counted; none if out.")
    seed = f.Integer(
        low=0,
        high=MOST_SEED,
        load_default=None,
        description="Of the draws: the same one gives the same forecast. One of the day if out.",
    )
    history_days = f.Integer(
        low=30, high=365, load_default=90, description="How many days of the past are drawn from."
    )


class SampleSchema(Schema):
    first_on = f.Date(description="First day drawn from.")
    last_on = f.Date(description="Last day drawn from: the last that was over.")
    count = f.Number(description="Cards finished on these days.")
    days = f.List(
        f.Nested(FinishedSchema, description="A day."),
        description="Every day, also without a finished card.",
        most=LONGEST_DAYS,
    )


class DayForecastSchema(Schema):
    percent = f.Number(description="How likely, in per cent.")
    days = f.Number(description="After how many days all is done; 0 if it is.")
    day = f.Date(description="That day; null if it is ten years away.", allow_none=True)


class CountForecastSchema(Schema):
    percent = f.Number(description="How likely, in per cent.")
    count = f.Number(description="At least so many cards are done.")


class ChanceSchema(Schema):
    day = f.Date(description="The day.")
    share = f.Ratio(description="Share of runs in which all was done by its end, 0 to 1.")


class CountChanceSchema(Schema):
    count = f.Number(description="How many cards.")
    share = f.Ratio(description="Share of runs in which at least so many were done, 0 to 1.")


class WhenSchema(Schema):
    count = f.Number(description="How many cards are to be done.")
    answers = f.List(
        f.Nested(DayForecastSchema, description="A day."), description="By growing likelihood."
    )
    curve = f.List(f.Nested(ChanceSchema, description="A point."), description="It never falls.")


class HowManySchema(Schema):
    by = f.Date(description="The day.")
    answers = f.List(
        f.Nested(CountForecastSchema, description="A number."), description="By growing likelihood."
    )
    curve = f.List(
        f.Nested(CountChanceSchema, description="A point."), description="By growing number."
    )


class OnTimeSchema(Schema):
    stage = f.Plain(description="Key of a stage; null for the whole project.", allow_none=True)
    planned_on = f.Date(description="Its planned last day; null if unknown.", allow_none=True)
    tasks = f.List(
        f.Number(description="Number of a card."),
        description="Cards that are not done yet.",
        most=MOST_CARDS,
    )
    likelihood = f.Ratio(
        description="Share of runs in which it ends in time, 0 to 1; null without a planned day "
        "or a forecast.",
        allow_none=True,
    )
    answers = f.List(
        f.Nested(DayForecastSchema, description="A day."), description="When it is done."
    )


class ForecastSchema(Schema):
    """When the rest of a project will be done, drawn from what was finished on each day."""

    as_of = f.Moment(description="Nothing after this moment is known to it, UTC.")
    sample = f.Nested(SampleSchema, description="What it is drawn from.")
    seed = f.Number(description="Of the draws: send it to get the same again.")
    runs = f.Number(description="How many futures were drawn.")
    tasks = f.List(
        f.Number(description="Number of a card."),
        description="Cards that are not done yet.",
        most=MOST_CARDS,
    )
    refusal = f.Enum(
        Refusal,
        description="Why there is no forecast: fewer than 20 days, or nothing finished in them; "
        "null if there is one.",
        allow_none=True,
    )
    when = f.Nested(WhenSchema, description="When so many are done.", allow_none=True)
    how_many = f.Nested(
        HowManySchema, description="How many are done by a day; null if none.", allow_none=True
    )
    on_time = f.List(
        f.Nested(OnTimeSchema, description="A stage, or the project."),
        description="Every stage in its order, the project last.",
    )
