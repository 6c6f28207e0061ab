"""The cyclogram of a project in a portfolio file."""

from pmo.domain import recurrences
from pmo.domain.vocabulary import OccurrenceOutcome, RecurrenceKind, TaskKind
from schemas import portfolio_fields as f
from schemas.portfolio_names import MOST_NUMBER, Login
from schemas.portfolio_part import Part
from schemas.recurrences import TABLE_LENGTH
from schemas.tasks import (
    MOST_LABELS,
    MOST_PEOPLE,
    MOST_WEIGHT,
    NOTE_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
)

MOST_OCCURRENCES = 20_000

RecurrenceKey = f.matching(r"r[1-9][0-9]{0,8}")
OccurrenceKey = f.matching(r"[a-z]+:[0-9#/-]+")
Reason = f.matching(r"[a-z_]*")


def _whole(about: str, low: int, high: int) -> f.Whole:
    return f.Whole(about, low=low, high=high, load_default=None, allow_none=True)


def _table(about: str) -> f.Line:
    return f.Line(about, most=TABLE_LENGTH, load_default="")


class OccurrenceSchema(Part):
    key = OccurrenceKey("Names it within the recurring task.", most=32)
    starts_on = f.Day("First day of its period.")
    ends_on = f.Day("Last day of its period.")
    due_on = f.Day("When it is due.")
    outcome = f.OneOf("What became of it.", OccurrenceOutcome)
    task = f.Whole(
        "Number of its task; null for none.",
        low=1,
        high=MOST_NUMBER,
        load_default=None,
        allow_none=True,
    )
    at = f.Moment("When that was noted.")
    reason = Reason(
        "Why there is no task, as a code; '' if there is one.", most=64, load_default=""
    )
    facts = f.Texts(
        "Particulars of the reason.",
        pattern="[a-z_]{1,32}",
        most=20,
        length=recurrences.FACT_LENGTH,
    )
    left = f.ListOf(
        Login("Person.", most=64), "People that it could not be given to.", most=MOST_PEOPLE
    )


class RecurrenceSchema(Part):
    key = RecurrenceKey("Names it within the project, never used again: r1, r2 …", most=16)
    is_on = f.YesNo("Whether it makes tasks.")
    since = f.Day("On without a break since.")
    title = f.Line("Title.", most=TITLE_LENGTH, least=1)
    description = f.Text("Description, Markdown.", most=TEXT_LENGTH, load_default="")
    kind = f.OneOf("Sort of work.", TaskKind, load_default=TaskKind.EVENT)
    board = f.Key("Key of the board that its tasks come to.", most=16)
    column = f.Key(
        "Key of the column they begin in; null for the first.",
        most=16,
        load_default=None,
        allow_none=True,
    )
    stage = f.Key("Key of their stage; null for none.", most=16, load_default=None, allow_none=True)
    plan_number = f.Line("Number in the plan of events.", most=16, load_default="")
    weight = f.Whole("Weight in points.", low=0, high=MOST_WEIGHT, load_default=1)
    assignees = f.ListOf(Login("Person.", most=64), "People who do it.", most=MOST_PEOPLE)
    labels = f.ListOf(f.Line("Label, by name.", most=60), "Labels.", most=MOST_LABELS)
    expected_result = f.Text("Expected result.", most=NOTE_LENGTH, load_default="")
    responsible = f.Text("Who answers for it, as the plan says.", most=NOTE_LENGTH, load_default="")
    checklist = f.ListOf(
        f.Line("One item.", most=300, least=1),
        "Checklist of each task.",
        most=recurrences.MOST_CHECKLIST,
    )
    rule = f.OneOf("How often it comes round.", RecurrenceKind)
    month_from = _whole("First month it runs in; null for the whole year.", 1, 12)
    month_to = _whole("Last month it runs in; null for the whole year.", 1, 12)
    day = _whole("Day of the last month that it is due on; null for the month's last.", 1, 31)
    weekdays = f.ListOf(f.Whole("1 for Monday.", low=1, high=7), "Days of the week.", most=7)
    times = _whole("How many times in a half-year.", 1, recurrences.MOST_TIMES)
    starts_on = f.Day("Nothing that is due before it comes.")
    until = f.Day(
        "Nothing that is due after it comes; null for no end.", load_default=None, allow_none=True
    )
    days_ahead = f.Whole(
        "How many days before it begins the task is made.",
        low=0,
        high=recurrences.MOST_DAYS_AHEAD,
        load_default=0,
    )
    participants = _table("Who takes part.")
    document = _table("Form of the document that comes of it.")
    submitted_to = _table("Where that is handed in.")
    created_by = Login("Person who set it up.", most=64)
    occurrences = f.ListOf(
        f.Part(OccurrenceSchema), "What became of its occurrences, by day.", most=MOST_OCCURRENCES
    )
