"""What an office has set in the production calendar, in a portfolio file."""

from pmo.domain.vocabulary import WorkdayKind
from schemas import portfolio_fields as f
from schemas.portfolio_part import Part

MOST_CALENDAR_DAYS = 2_000


class CalendarDaySchema(Part):
    day = f.Day("The day.", required=True)
    kind = f.OneOf("What it is; never `weekend`.", WorkdayKind)
    note = f.Line("Why.", most=200, load_default="")
