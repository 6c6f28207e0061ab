"""What the pages of other views are asked for, beside the filter."""

from flask_babel import lazy_gettext as _l
from marshmallow import validate

from pmo.domain.task_order import ORDERS
from pmo.domain.timeline import Zoom
from schemas import fields as f
from schemas.base import QuerySchema

MONTH = r"\A(19|20|21)\d\d-(0[1-9]|1[0-2])\Z"


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

    sort = f.Choice(ORDERS, load_default="place", description="Order; a minus turns it round.")
    page = f.Integer(low=1, high=100_000, load_default=1, description="Which page, from 1.")
    columns = f.List(
        f.String(max_length=40, description="Name of a column."),
        load_default=list,
        most=60,
        description="What stands beside number and title; left out, the usual.",
    )
