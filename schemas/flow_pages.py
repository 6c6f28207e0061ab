"""What the pages of flow are asked for."""

from pmo.domain.flow_periods import FlowList, FlowPeriod
from schemas import fields as f
from schemas.base import QuerySchema


class FlowPageSchema(QuerySchema):
    """Which days are looked at, and with the knowledge of which day."""

    period = f.Enum(
        FlowPeriod, load_default=FlowPeriod.DAYS_90, description="A time; `own` takes two days."
    )
    first = f.Date(load_default=None, description="First day of a time of one's own.")
    last = f.Date(load_default=None, description="Last day of a time of one's own.")
    as_of = f.Date(
        load_default=None, description="The day on whose evening one looks; today if left out."
    )
    board = f.Id(load_default=None, description="The board of the cumulative flow; all if none.")


class FlowTasksPageSchema(FlowPageSchema):
    """Which figure is opened into its cards, and what narrows it down."""

    figure = f.Enum(FlowList, load_default=FlowList.WIP, description="The figure.")
    day = f.Date(load_default=None, description="A day of it.")
    days = f.Integer(low=1, high=100_000, load_default=None, description="How many days it took.")
    starts_on = f.Date(load_default=None, description="First day of a bar.")
    ends_on = f.Date(load_default=None, description="Last day of a bar.")
    place = f.String(max_length=16, load_default="", description="Key of a board.")
    column = f.String(max_length=16, load_default="", description="Key of a column.")
    step = f.String(max_length=20, load_default="", description="Key of a cumulative step.")
    page = f.Integer(low=1, high=100_000, load_default=1, description="Which page, from 1.")


class ForecastPageSchema(QuerySchema):
    """What a forecast is asked for, and with the knowledge of which day."""

    count = f.Integer(
        low=1, high=100_000, load_default=None, description="Of cards; all that are left if none."
    )
    by = f.Date(load_default=None, description="The day by which cards are counted.")
    as_of = f.Date(load_default=None, description="The day on whose evening one looks.")
    seed = f.Integer(
        low=0, high=2**31 - 1, load_default=None, description="Of the draws; of the day if none."
    )


class ForecastTasksPageSchema(QuerySchema):
    """Whose cards that are left are wanted."""

    as_of = f.Date(load_default=None, description="The day on whose evening one looks.")
    stage = f.String(max_length=16, load_default="", description="Key of a stage; all if none.")
    page = f.Integer(low=1, high=100_000, load_default=1, description="Which page, from 1.")
