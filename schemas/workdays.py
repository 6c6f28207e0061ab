"""The production calendar: what may be sent, and what is given back."""

from pmo.domain.vocabulary import PublicHoliday, WorkdayKind
from pmo.domain.workdays import FIRST_YEAR, LAST_YEAR
from schemas import fields as f
from schemas.base import QuerySchema, Schema

NOTE_LENGTH = 200


class YearQuerySchema(QuerySchema):
    """Which year is wanted."""

    year = f.Integer(
        low=FIRST_YEAR,
        high=LAST_YEAR,
        load_default=None,
        description="The year; left out, the present one.",
        example=2026,
    )


class WorkdayQuerySchema(QuerySchema):
    """Which day is wanted."""

    day = f.Date(load_default=None, description="The day; left out, today.")


class WorkdayChangeSchema(Schema):
    """What the office makes of a day."""

    kind = f.Enum(
        WorkdayKind,
        required=True,
        description="What the day is; `weekend` cannot be chosen, `day_off` is meant for that.",
        example="day_off",
    )
    note = f.String(
        max_length=NOTE_LENGTH,
        load_default="",
        description="Why: the order, the name of a holiday of the region.",
        example="Приказ № 12 о переносе занятий",
    )


class WorkdayRemovalForm(Schema):
    """The form that takes back what the office made of a day."""

    version = f.Integer(required=True, description="The version that was seen; 0 if it had none.")


class WorkdayForm(WorkdayRemovalForm, WorkdayChangeSchema):
    """The form of a day."""


class ConfirmationSchema(Schema):
    """Whether a year's transfers are entered."""

    is_confirmed = f.StrictBoolean(
        required=True, description="Whether the transfers of the year are entered."
    )


class WorkdaySchema(Schema):
    """A day of the production calendar."""

    day = f.Date(description="The day.")
    kind = f.Enum(WorkdayKind, description="What it is.")
    hours = f.Number(description="Hours of work, at 40 a week; 0 on a day of rest.")
    holiday = f.Enum(
        PublicHoliday, description="Which public holiday it is; null for none.", allow_none=True
    )
    moved = f.Date(
        description="The day of rest that was moved here, or to which this one was moved; null "
        "for none.",
        allow_none=True,
    )
    note = f.Plain(description="What the office noted.")
    is_own = f.StrictBoolean(description="Whether the office has set it.")
    version = f.Number(description="Of what the office has set, 0 if nothing; its ETag.")


class FiguresSchema(Schema):
    """The figures of a month, a quarter, a half-year or a year."""

    starts_on = f.Date(description="Its first day.")
    ends_on = f.Date(description="Its last day.")
    calendar_days = f.Number(description="All its days.")
    working_days = f.Number(description="Days that are worked.")
    days_off = f.Number(description="Days that are not worked.")
    hours = f.Number(description="Hours of work, at 40 a week.")


class DecreeSchema(Schema):
    """The decree of the Government on a year's transfers."""

    number = f.Plain(description="Its number.")
    signed_on = f.Date(description="When it was signed.")


class ProductionYearSchema(Schema):
    """A year of the production calendar."""

    year = f.Number(description="The year.")
    is_confirmed = f.StrictBoolean(
        description="Whether its transfers are known; if not, there are the holidays of the "
        "Labour Code alone, each on its own day."
    )
    decree = f.Nested(
        DecreeSchema,
        description="The decree that the product knows of; null for none.",
        allow_none=True,
    )
    days = f.List(
        f.Nested(WorkdaySchema, description="A day."), most=366, description="All its days."
    )
    months = f.List(f.Nested(FiguresSchema, description="A month."), description="By month.")
    quarters = f.List(f.Nested(FiguresSchema, description="A quarter."), description="By quarter.")
    halves = f.List(f.Nested(FiguresSchema, description="A half-year."), description="By half.")
    total = f.Nested(FiguresSchema, description="Of the year.")
    revision = f.Number(description="How often the office has changed its calendar; its ETag.")
