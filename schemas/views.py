"""What the pages of other views are asked for, beside the filter."""

from flask_babel import lazy_gettext as _l
from marshmallow import validate

from pmo.domain import own_fields
from pmo.domain.task_order import ORDERS
from pmo.domain.timeline import Zoom
from schemas import fields as f
from schemas.base import QuerySchema, Schema
from schemas.task_filters import TaskFilterSchema

MONTH = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$"


SORT = rf"^({'|'.join(ORDERS)}|-?own\.{own_fields.KEY})$"


class CalendarQuerySchema(QuerySchema):
    """Which month is wanted."""

    month = f.String(
        max_length=7,
        validate=validate.Regexp(MONTH, error=_l("A month is expected, such as 2026-11.")),
        load_default="",
        description="The month as YYYY-MM; left out, the present one.",
    )


class TimelineQuerySchema(QuerySchema):
    """How much of a project's time is wanted, and whence one came."""

    zoom = f.Enum(Zoom, load_default=Zoom.ALL, description="All, an academic year, a quarter.")
    day = f.Date(load_default=None, description="A day of the year or quarter; today if left out.")
    board = f.Id(load_default=None, description="The board whose views are offered.")


class TableQuerySchema(QuerySchema):
    """Which page of a table is wanted, in which order, with which columns."""

    sort = f.String(
        max_length=20,
        validate=validate.Regexp(SORT, error=_l("There is no such order.")),
        load_default="place",
        description="Order, also by an own field (`own.f1`); a minus turns it round.",
    )
    page = f.Integer(low=1, high=100_000, load_default=1, description="Which page, from 1.")
    columns = f.List(
        f.String(max_length=40, description="Name of a column."),
        load_default=list,
        most=60,
        description="What stands beside number and title; left out, the usual.",
    )


class BoardCalendarQuerySchema(TaskFilterSchema):
    """Which month of a board is wanted, and which of its tasks."""

    month = f.String(
        max_length=7,
        load_default="",
        validate=validate.Regexp(MONTH, error=_l("A month is expected, such as 2026-11.")),
        description="The month as YYYY-MM; left out, the present one.",
        example="2026-11",
    )


class TimelineTaskSchema(Schema):
    id = f.Number(description="Number of the task in addresses.")
    key = f.Plain(description="Its number as people say it.", example="ШШ-42")
    title = f.Plain(description="Its title.")
    starts_on = f.Date(description="First day of its period; null if unknown.", allow_none=True)
    ends_on = f.Date(description="Last day of its period; null if unknown.", allow_none=True)
    due_on = f.Date(description="The day it is due; null for none.", allow_none=True)
    period_text = f.Plain(description="Its period as written; '' for none.")
    is_done = f.StrictBoolean(description="It stands in a column that means done.")
    is_overdue = f.StrictBoolean(description="The due day is past and it is not done.")


class CalendarTaskSchema(TimelineTaskSchema):
    is_blocked = f.StrictBoolean(description="It is blocked.")


class CalendarMonthSchema(Schema):
    """The tasks of a month, and those without a day."""

    month = f.Date(description="First day of the month.")
    tasks = f.List(
        f.Nested(CalendarTaskSchema, description="A task."),
        description="With a day or a period in the weeks of the month, by due day.",
    )
    undated = f.List(
        f.Nested(CalendarTaskSchema, description="A task."),
        description="The first fifty without a day.",
    )
    undated_total = f.Number(description="How many have no day.")


class TimelineStageSchema(Schema):
    id = f.Number(description="Number of the stage; null for tasks without one.", allow_none=True)
    name = f.Plain(description="Its name.")
    starts_on = f.Date(description="First day of its period; null if unknown.", allow_none=True)
    ends_on = f.Date(description="Last day of its period; null if unknown.", allow_none=True)
    period_text = f.Plain(description="Its period as written; '' for none.")
    tasks = f.List(
        f.Nested(TimelineTaskSchema, description="A task."),
        description="Its tasks that have a day, from the earliest.",
    )


class TimelineSchema(Schema):
    """A project on a line of time."""

    stages = f.List(
        f.Nested(TimelineStageSchema, description="A stage."),
        description="Stages in order; those without a day and without tasks are left out.",
    )
    undated = f.List(
        f.Nested(TimelineTaskSchema, description="A task."),
        attribute="unknown",
        description="Tasks without any day.",
    )
    shown = f.Number(description="How many tasks are told here, 1,000 at most.")
    total = f.Number(description="How many tasks fit the filter.")
