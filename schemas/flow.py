"""The figures of flow of a project, as the API gives them out."""

from pmo.domain.flow.figures import Tone
from pmo.domain.flow_periods import FlowList
from pmo.domain.vocabulary import ColumnMeaning
from schemas import fields as f
from schemas.base import PageQuerySchema, QuerySchema, Schema

LONGEST_DAYS = 1_100
"""Of a window."""

MOST_CARDS = 100_000
"""Of a list of cards: all that a project can have."""


def _tasks(description: str = "Numbers of the cards in the project.") -> f.List:
    number = f.Number(description="Number of a card.")
    return f.List(number, description=description, most=MOST_CARDS)


def _day(description: str) -> f.Date:
    return f.Date(description=description)


class FlowQuerySchema(QuerySchema):
    """Which days are looked at, and with the knowledge of which day."""

    as_of = f.Date(
        load_default=None,
        description="The day at whose end one looks: nothing later is known. Today if left out, "
        "and for a day to come.",
    )
    first_on = f.Date(
        data_key="from",
        load_default=None,
        description="First day; 90 days up to the last one if left out. Never before the first "
        "card, and at most 1,100 days before the last.",
    )
    last_on = f.Date(
        data_key="to",
        load_default=None,
        description="Last day; that of `as_of` if left out, and never after it.",
    )
    board_id = f.Id(
        load_default=None,
        description="The board whose columns the cumulative flow has; left out, the only board, "
        "or the meanings of columns of all boards.",
    )
    percent = f.Integer(
        low=50, high=99, load_default=85, description="Of the service level, in per cent."
    )
    window_days = f.Integer(
        low=14, high=730, load_default=90, description="Over how many days it is measured."
    )


class WindowSchema(Schema):
    as_of = f.Moment(description="Nothing after this moment is known to the figures, UTC.")
    first_on = _day("First day that is looked at.")
    last_on = _day("Last day that is looked at.")
    began_on = f.Date(description="Day of the project's first card; null if none.", allow_none=True)
    days = f.Number(description="How many days there are.")


class DayCountSchema(Schema):
    day = _day("The day.")
    count = f.Number(description="How many at its end.")


class FinishedSchema(Schema):
    starts_on = _day("First day.")
    ends_on = _day("Last day.")
    count = f.Number(description="How many cards were finished for the last time.")
    weight = f.Number(description="Their weight in points.")
    tasks = _tasks()
    is_whole = f.StrictBoolean(description="All of it lies among the days that are looked at.")


class ThroughputSchema(Schema):
    days = f.List(
        f.Nested(FinishedSchema, description="A day."),
        description="Every day, also without a finished card.",
        most=LONGEST_DAYS,
    )
    weeks = f.List(
        f.Nested(FinishedSchema, description="A week."), description="Weeks from Monday on."
    )
    count = f.Number(description="Cards finished in all.")
    weight = f.Number(description="Their weight in points.")
    per_week = f.Ratio(description="Mean number in seven days; null of none.", allow_none=True)


class PercentilesSchema(Schema):
    count = f.Number(description="Of how many cards.")
    p50 = f.Number(description="Half took no more days; null of none.", allow_none=True)
    p85 = f.Number(description="85 of 100 took no more days; null of none.", allow_none=True)
    p95 = f.Number(description="95 of 100 took no more days; null of none.", allow_none=True)


class FinishedCardSchema(Schema):
    number = f.Number(description="Number of the card in the project.")
    created_on = _day("Day of its making.")
    started_on = _day("Day of its first entry into work, waiting or done.")
    finished_on = _day("Day of its last entry into done.")
    days = f.Number(description="Cycle time in calendar days, both ends included.")
    hours = f.Ratio(description="The same in hours, to the moment.")
    lead_days = f.Number(description="Days from its making, both ends included.")
    weight = f.Number(description="Its weight at its finish, in points.")


class CycleTimesSchema(Schema):
    cards = f.List(
        f.Nested(FinishedCardSchema, description="A card."),
        description="By their finish.",
        most=MOST_CARDS,
    )
    cycle = f.Nested(PercentilesSchema, description="Of cycle times.")
    lead = f.Nested(PercentilesSchema, description="Of lead times.")


class ServiceLevelSchema(Schema):
    percent = f.Number(description="Of cards, in per cent.")
    window_days = f.Number(description="Finished in so many days up to the last.")
    least = f.Number(description="Fewer finished cards make no promise.")
    count = f.Number(description="How many were finished.")
    is_enough = f.StrictBoolean(description="That is enough.")
    days = f.Number(
        description="So many cards took no more days; null if too few were finished.",
        allow_none=True,
    )
    p50 = f.Number(description="Half took no more days; null likewise.", allow_none=True)
    p95 = f.Number(description="95 of 100 took no more days; null likewise.", allow_none=True)
    tasks = _tasks()


class AgeingCardSchema(Schema):
    number = f.Number(description="Number of the card in the project.")
    board = f.Plain(description="Key of the board it stands on.")
    column = f.Plain(description="Key of the column it stands in.")
    meaning = f.Enum(ColumnMeaning, description="What that column says about it.")
    started_on = _day("Day of its start.")
    entered_on = _day("Since when it stands in its column.")
    age_days = f.Number(description="Days since its start, both ends included.")
    column_days = f.Number(description="Days in its column, both ends included.")
    blocked_reason = f.Plain(description="Why it is blocked; '' if it is not.")
    weight = f.Number(description="Its weight in points.")
    tone = f.Enum(
        Tone, description="`amber`: older than half of those finished; `red`: beyond the level."
    )


class AgeingSchema(Schema):
    cards = f.List(
        f.Nested(AgeingCardSchema, description="A card in work."),
        description="The oldest first.",
        most=MOST_CARDS,
    )


class CardEfficiencySchema(Schema):
    number = f.Number(description="Number of the card in the project.")
    active_hours = f.Ratio(description="Hours in work, not blocked.")
    waiting_hours = f.Ratio(description="Hours waiting, queueing or blocked after its start.")


class FlowEfficiencySchema(Schema):
    active_hours = f.Ratio(description="Hours in work, not blocked, of all finished cards.")
    waiting_hours = f.Ratio(description="Hours waiting, queueing or blocked after their starts.")
    ratio = f.Ratio(description="Active of both, 0 to 1; null of none.", allow_none=True)
    cards = f.List(
        f.Nested(CardEfficiencySchema, description="A card."),
        description="By number.",
        most=MOST_CARDS,
    )


class BlockedCardSchema(Schema):
    number = f.Number(description="Number of the card in the project.")
    days = f.Number(description="On how many days it was blocked, however shortly.")
    hours = f.Ratio(description="For how many hours.")
    reasons = f.List(
        f.Plain(description="A reason."), description="Why, the last one last.", most=MOST_CARDS
    )
    is_blocked = f.StrictBoolean(description="It is blocked at the end.")


class BlockedSchema(Schema):
    days = f.Number(description="Days of all cards together.")
    cards = f.List(
        f.Nested(BlockedCardSchema, description="A card."),
        description="Longest first.",
        most=MOST_CARDS,
    )


class FlowStepSchema(Schema):
    key = f.Plain(description="Key of a column, a meaning, or `cancelled`.")
    name = f.Plain(description="Name of a column; '' for others.")
    meaning = f.Enum(
        ColumnMeaning, description="What it says; null for `cancelled`.", allow_none=True
    )


class CumulativeDaySchema(Schema):
    day = _day("The day.")
    reached = f.List(
        f.Number(description="Cards that had ever reached the step or a later one."),
        description="One number for each step.",
    )


class CumulativeFlowSchema(Schema):
    board = f.Plain(description="Key of the board; '' for the meanings of all boards.")
    steps = f.List(
        f.Nested(FlowStepSchema, description="A step."),
        description="From the first to the last; no line lies above the one before it.",
    )
    days = f.List(
        f.Nested(CumulativeDaySchema, description="A day."),
        description="No line ever falls.",
        most=LONGEST_DAYS,
    )


class LittleSchema(Schema):
    average_wip = f.Ratio(description="Mean work in progress: arrivals_per_day × days_in_work.")
    arrivals = f.Number(description="Cards in work at the start, and each that came in.")
    arrivals_per_day = f.Ratio(description="The same by day.")
    days_in_work = f.Ratio(description="Mean days in work; null without a card.", allow_none=True)
    wip_at_start = f.Number(description="Work in progress at the start.")
    wip_at_end = f.Number(description="Work in progress at the end.")
    is_steady = f.StrictBoolean(
        description="Both differ by no more than a fifth: the law may be used to look ahead."
    )


class FlowSchema(Schema):
    """All figures of flow of a project, from its journal, as of a moment."""

    window = f.Nested(WindowSchema, description="Which days are looked at.")
    wip = f.List(
        f.Nested(DayCountSchema, description="A day."),
        description="Work in progress at the end of each day, as it was known then.",
        most=LONGEST_DAYS,
    )
    wip_tasks = _tasks("Numbers of the cards in work at the end.")
    throughput = f.Nested(ThroughputSchema, description="How many cards were finished.")
    cycle_times = f.Nested(CycleTimesSchema, description="How long finished cards took.")
    level = f.Nested(ServiceLevelSchema, description="What may be promised of a card.")
    ageing = f.Nested(AgeingSchema, description="How old the cards in work are.")
    efficiency = f.Nested(FlowEfficiencySchema, description="The share of active time.")
    blocked = f.Nested(BlockedSchema, description="On how many days cards were blocked.")
    cumulative = f.Nested(CumulativeFlowSchema, description="How many cards reached what by when.")
    little = f.Nested(LittleSchema, description="Little's law over the days looked at.")


class FlowDaysQuerySchema(QuerySchema):
    """Which days are wanted."""

    first_on = f.Date(
        data_key="from",
        load_default=None,
        description="First day; 90 days up to the last one if left out, and at most 1,100.",
    )
    last_on = f.Date(
        data_key="to", load_default=None, description="Last day; yesterday if left out or later."
    )


class DayFiguresSchema(Schema):
    day = _day("The day.")
    remaining = f.Number(description="Cards on a board, not done.")
    in_work = f.Number(description="Of them, started.")
    blocked = f.Number(description="Of them, blocked.")
    finished = f.Number(description="Cards done that day, and still in the evening.")
    finished_weight = f.Number(description="Their weight in points.")
    remaining_weight = f.Number(description="Weight of the cards not done, in points.")
    done_weight = f.Number(description="Weight of all cards done by then, in points.")
    reached = f.List(
        f.Number(description="Cards that had ever reached the step or a later one."),
        description="One number for queue, in progress, waiting, cancelled and done.",
    )


class FlowDaysSchema(Schema):
    """Figures of every day, as they were known in its evening."""

    items = f.List(
        f.Nested(DayFiguresSchema, description="A day."),
        description="Day by day.",
        most=LONGEST_DAYS,
    )


class FlowTasksQuerySchema(FlowQuerySchema, PageQuerySchema):
    """Which figure is opened into its cards, and what narrows it down."""

    figure = f.Enum(
        FlowList,
        load_default=FlowList.WIP,
        description="`wip`: in work at the end of `as_of`; `finished`; `level`: those of the "
        "service level; `blocked`; `cycle`: by `day` and `days`; `age`: in work by column and "
        "`days`; `cumulative`: between `step` and the next one on `day`.",
    )
    day = f.Date(load_default=None, description="A day of the figure; all if left out.")
    days = f.Integer(
        low=1, high=100_000, load_default=None, description="Cycle time or age in days."
    )
    starts_on = f.Date(load_default=None, description="First day of finished cards.")
    ends_on = f.Date(load_default=None, description="Last day of finished cards.")
    place = f.String(max_length=16, load_default="", description="Key of a board, with `column`.")
    column = f.String(max_length=16, load_default="", description="Key of a column, with `place`.")
    step = f.String(max_length=20, load_default="", description="Key of a cumulative step.")


class FlowCardSchema(Schema):
    id = f.Number(description="Number of the task in addresses.")
    number = f.Number(description="Its number in the project.")
    key = f.Plain(description="Its number as people say it.", example="ШШ-42")
    title = f.Plain(description="Its title.")
    board = f.Plain(description="Name of the board it stands on today.")
    column = f.Plain(description="Name of the column it stands in today.")
    is_archived = f.StrictBoolean(description="It is in the archive.")


class FlowTasksSchema(Schema):
    """A page of the cards behind a figure."""

    items = f.List(f.Nested(FlowCardSchema, description="A card."), description="Of this page.")
    total = f.Number(description="How many there are, over all pages.")
    page = f.Number(description="Which page this is, from 1.")
    page_size = f.Number(description="How many on a page.")
