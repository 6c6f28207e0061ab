"""The times that people ask figures of flow for, and the figures that open into cards."""

from datetime import date, timedelta
from enum import StrEnum

from pmo.domain import calendar
from pmo.domain.calendar import HalfYears

LONGEST_DAYS = 731
"""Of a time of one's own; of more days a chart shows nothing that can be told apart."""

HALF_YEARS = HalfYears()


class FlowPeriod(StrEnum):
    """A time up to a day."""

    DAYS_30 = "30"
    DAYS_90 = "90"
    HALF_YEAR = "half_year"
    ACADEMIC_YEAR = "year"
    OWN = "own"


def span(
    period: FlowPeriod, last: date, *, first: date | None = None, until: date | None = None
) -> tuple[date, date]:
    """Return the days of a period that is looked at on the day `last`, both included.

    first, until: of a time of one's own; it never goes beyond `last`, and never over
    `LONGEST_DAYS`, the latest of them.
    """
    if period is FlowPeriod.OWN:
        end = min(until or last, last)
        start = min(first or end, end)
        return max(start, end - timedelta(days=LONGEST_DAYS - 1)), end
    year = calendar.academic_year_of(last)
    if period is FlowPeriod.ACADEMIC_YEAR:
        return calendar.academic_year_span(year)[0], last
    if period is FlowPeriod.HALF_YEAR:
        second = HALF_YEARS.span(year, 2)[0]
        return (second if last >= second else HALF_YEARS.span(year, 1)[0]), last
    return last - timedelta(days=int(period.value) - 1), last


class FlowList(StrEnum):
    """A figure that can be opened into its cards."""

    WIP = "wip"
    FINISHED = "finished"
    LEVEL = "level"
    BLOCKED = "blocked"
    CYCLE = "cycle"
    AGE = "age"
    CUMULATIVE = "cumulative"
