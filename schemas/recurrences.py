"""The cyclogram: what may be sent, and what is given back."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import validate

from pmo.domain import recurrences
from pmo.domain.recurrence_turns import MarkState
from pmo.domain.vocabulary import LabelColour, RecurrenceKind, TaskKind
from schemas import fields as f
from schemas.base import QuerySchema, Schema, Versioned
from schemas.tasks import (
    MOST_LABELS,
    MOST_PEOPLE,
    MOST_WEIGHT,
    NOTE_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
)

TABLE_LENGTH = 300
ITEM_LENGTH = 300
FIRST_YEAR, LAST_YEAR = 1990, 2190


def _title(**more: Any) -> f.String:
    return f.String(
        description="Title of each of its tasks, one line.",
        max_length=TITLE_LENGTH,
        min_length=1,
        example="Школа лидеров образования",
        **more,
    )


def _column(**more: Any) -> f.Id:
    return f.Id(
        description="The column of the project that its tasks begin in; none that means done.",
        example=3,
        **more,
    )


def _rule(**more: Any) -> f.Enum:
    return f.Enum(RecurrenceKind, description="How often it comes round.", example="yearly", **more)


def _day(about: str, **more: Any) -> f.Date:
    lasting = validate.Range(
        min=date(FIRST_YEAR, 1, 1),
        max=date(LAST_YEAR, 12, 31),
        error=_l("This day is too far away."),
    )
    return f.Date(description=about, validate=lasting, **more)


def _table(about: str, example: str) -> f.String:
    return f.String(description=about, max_length=TABLE_LENGTH, example=example)


class _Fields(Schema):
    """What both the API and the form may set, but for the checklist."""

    title = _title()
    description = f.Text(
        description="Description of each task in Markdown.",
        max_length=TEXT_LENGTH,
        example="Тема – в приложении.",
    )
    kind = f.Enum(TaskKind, description="What sort of work it is.", example="event")
    column_id = _column()
    stage_id = f.Id(
        description="Stage of the same project; null for none.", allow_none=True, example=2
    )
    plan_number = f.String(
        description="Its number in the plan of events.", max_length=16, example="1.2"
    )
    weight = f.Integer(description="Weight in points.", low=0, high=MOST_WEIGHT, example=1)
    expected_result = f.Text(
        description="What is expected of each.", max_length=NOTE_LENGTH, example="Отчёт"
    )
    responsible = f.Text(
        description="Who answers for it, as the plan says.",
        max_length=NOTE_LENGTH,
        example="методист",
    )
    assignee_ids = f.List(
        f.Id(description="Number of a person."),
        description="The people who do it: members of the project.",
        most=MOST_PEOPLE,
        example=[4],
    )
    label_ids = f.List(
        f.Id(description="Number of a label."),
        description="Labels of the same project.",
        most=MOST_LABELS,
        example=[1],
    )
    rule = _rule()
    month_from = f.Integer(
        description="`yearly`: the month it begins in. `monthly`, `weekly`, `first_working_day`: "
        "the first month it runs in; null for the whole year.",
        low=1,
        high=12,
        allow_none=True,
        example=10,
    )
    month_to = f.Integer(
        description="The last month of the same; it may lie beyond New Year.",
        low=1,
        high=12,
        allow_none=True,
        example=2,
    )
    day = f.Integer(
        description="`yearly`, `monthly`: the day of the last month that it is due on; null for "
        "the month's last.",
        low=1,
        high=31,
        allow_none=True,
        example=15,
    )
    weekdays = f.List(
        f.Integer(description="1 for Monday to 7 for Sunday.", low=1, high=7),
        description="`weekly`: on which days; none for the working week as a whole.",
        most=7,
        example=[1],
    )
    times = f.Integer(
        description="`times_per_half`: how many times in each academic half-year.",
        low=1,
        high=recurrences.MOST_TIMES,
        allow_none=True,
        example=1,
    )
    starts_on = _day("Nothing that is due before it comes.", example="2026-09-01")
    until = _day(
        "Nothing that is due after it comes; null for no end.",
        allow_none=True,
        example="2027-05-31",
    )
    days_ahead = f.Integer(
        description="How many days before it begins the task is made.",
        low=0,
        high=recurrences.MOST_DAYS_AHEAD,
        example=7,
    )
    participants = _table("Who takes part.", "руководители школ")
    document = _table("Form of the document that comes of it.", "протокол")
    submitted_to = _table("Where that is handed in.", "методический совет")


class RecurrenceUpdateSchema(_Fields):
    """Fields of a recurring task to set; what is left out stays as it is."""

    checklist = f.List(
        f.String(max_length=ITEM_LENGTH, min_length=1, description="One item."),
        description="The checklist that each task gets.",
        most=recurrences.MOST_CHECKLIST,
        example=["Заказать зал"],
    )


class RecurrenceCreateSchema(RecurrenceUpdateSchema):
    """A new recurring task, behind the others."""

    title = _title(required=True)
    column_id = _column(required=True)
    rule = _rule(required=True)
    starts_on = _day("Nothing that is due before it comes.", required=True, example="2026-09-01")


class RecurrenceNewForm(_Fields):
    """The form of a new recurring task: its checklist stands on lines."""

    title = _title(required=True)
    column_id = _column(required=True)
    rule = _rule(required=True)
    starts_on = _day("Nothing that is due before it comes.", required=True, example="2026-09-01")
    checklist = f.Lines(
        max_length=ITEM_LENGTH,
        most=recurrences.MOST_CHECKLIST,
        description="The checklist of each task, one item on a line.",
    )


class RecurrenceForm(Versioned, RecurrenceNewForm):
    """The form that edits a recurring task."""


class RecurrenceVersionForm(Versioned, Schema):
    """A form with one button about a recurring task."""


class RecurrenceStateSchema(Schema):
    """Whether it makes tasks."""

    is_on = f.StrictBoolean(
        required=True, description="False to pause it, true to resume it from today.", example=False
    )


class RecurrenceStateForm(Versioned, RecurrenceStateSchema):
    """The form that pauses a recurring task, or resumes it."""


class RecurrencePlacementSchema(Schema):
    """Where a recurring task goes: the one behind it."""

    before_id = f.Id(
        allow_none=True,
        load_default=None,
        example=2,
        description="The recurring task of the same project to put it before; null for the end.",
    )


class YearQuerySchema(QuerySchema):
    """Which academic year is wanted."""

    year = f.Integer(
        low=FIRST_YEAR,
        high=LAST_YEAR,
        load_default=None,
        description="The year in which it starts: 2026 for 2026/27; left out for the present one.",
        example=2026,
    )


class DoerSchema(Schema):
    """A person who gets its tasks."""

    id = f.Number(description="Number of the person.")
    login = f.Plain(description="Login.")
    name = f.Plain(description="Name.")
    can = f.StrictBoolean(
        description="False of one who left the project or was disabled: they get none."
    )


class RecurrenceLabelSchema(Schema):
    """A label on its tasks."""

    id = f.Number(description="Number of the label.")
    name = f.Plain(description="Name.")
    colour = f.Enum(LabelColour, description="Colour.")


class RecurrenceSchema(Schema):
    """A recurring task: what its tasks are like, and how often they come."""

    id = f.Number(description="Number of the recurring task.")
    key = f.Plain(description="Names it in files and in the journal.", example="r1")
    project_id = f.Number(description="Its project.")
    is_on = f.StrictBoolean(description="Whether it makes tasks.")
    since = f.Plain(description="On without a break since.", example="2026-09-01")
    title = f.Plain(description="Title of each task.")
    description = f.Plain(description="Description of each, Markdown.")
    kind = f.Enum(TaskKind, description="What sort of work it is.")
    board_id = f.Number(description="The board that its tasks come to.")
    column_id = f.Number(
        description="The column they begin in; null if it was removed: then in the first.",
        allow_none=True,
    )
    stage_id = f.Number(description="Their stage; null for none.", allow_none=True)
    plan_number = f.Plain(description="Number in the plan of events.")
    weight = f.Number(description="Weight in points.")
    expected_result = f.Plain(description="What is expected of each.")
    responsible = f.Plain(description="Who answers for it, as the plan says.")
    assignees = f.List(f.Nested(DoerSchema, description="A person."), description="Who does it.")
    labels = f.List(f.Nested(RecurrenceLabelSchema, description="A label."), description="Labels.")
    checklist = f.List(f.Plain(description="An item."), description="The checklist of each.")
    rule = f.Enum(RecurrenceKind, description="How often it comes round.")
    month_from = f.Number(description="First month; null for the whole year.", allow_none=True)
    month_to = f.Number(description="Last month; null for the whole year.", allow_none=True)
    day = f.Number(description="Day it is due on; null for the month's last.", allow_none=True)
    weekdays = f.List(f.Number(description="1 for Monday."), description="Days of the week.")
    times = f.Number(description="Times in a half-year; else null.", allow_none=True)
    starts_on = f.Plain(description="Nothing that is due before it comes.", example="2026-09-01")
    until = f.Plain(description="Nothing that is due after it comes.", allow_none=True)
    days_ahead = f.Number(description="How many days before it begins a task is made.")
    participants = f.Plain(description="Who takes part.")
    document = f.Plain(description="Form of the document that comes of it.")
    submitted_to = f.Plain(description="Where that is handed in.")
    version = f.Number(description="Counts edits; its ETag.")


class RecurrenceListSchema(Schema):
    """The recurring tasks of a project."""

    items = f.List(
        f.Nested(RecurrenceSchema, description="A recurring task."), description="In their order."
    )


class MarkSchema(Schema):
    """One time that it comes round."""

    key = f.Plain(description="Names it within the recurring task.", example="month:2026-09")
    starts_on = f.Plain(description="First day of its period.", example="2026-09-01")
    ends_on = f.Plain(description="Last day of its period.", example="2026-09-30")
    due_on = f.Plain(description="When it is due.", example="2026-09-30")
    state = f.Enum(MarkState, description="How it stands.")
    task_id = f.Number(description="Its task; null while there is none.", allow_none=True)
    task_key = f.Plain(description="Its number as people say it; '' without one.")
    reason = f.Plain(description="Why there is none though it was due; '' otherwise.")
    left = f.List(f.Plain(description="A login."), description="Who it could not be given to.")


class CyclogramEntrySchema(Schema):
    """A row of the table."""

    recurrence = f.Nested(RecurrenceSchema, description="The recurring task.")
    marks = f.List(f.Nested(MarkSchema, description="A mark."), description="Of the year, by day.")


class PromisedTaskSchema(Schema):
    """A task that counts."""

    id = f.Number(description="Number of the task.")
    key = f.Plain(description="Its number as people say it.")
    title = f.Plain(description="Title.")
    finished_at = f.Moment(description="When it was done, UTC.", attribute="finished_on")


class PromiseHalfSchema(Schema):
    """A half-year of a promise."""

    year = f.Number(description="The year in which its academic year starts.")
    half = f.Number(description="1 for September-December, 2 for January-May.")
    done = f.Number(description="How many times it was done in it.")
    is_kept = f.StrictBoolean(description="Whether that is enough.")
    is_over = f.StrictBoolean(description="Whether the half-year has ended.")
    tasks = f.List(
        f.Nested(PromisedTaskSchema, description="A task."), description="Those that count."
    )


class PromiseSchema(Schema):
    """Something to be done so many times in each academic half-year."""

    title = f.Plain(description="What.")
    period = f.Plain(description="The period as it is written; '' of a recurring task.")
    times = f.Number(description="How many times, at least.")
    recurrence_id = f.Number(description="The recurring task; else null.", allow_none=True)
    task_id = f.Number(description="The task that says so; else null.", allow_none=True)
    halves = f.List(
        f.Nested(PromiseHalfSchema, description="A half-year."),
        description="This one, and the one before.",
    )


class CyclogramSchema(Schema):
    """The yearly table of a project, and its promises."""

    year = f.Number(description="The year in which it starts.")
    months = f.List(
        f.Plain(description="A month.", example="2026-09"), description="September to August."
    )
    is_at_rest = f.StrictBoolean(
        description="True of a project that is suspended, declined or closed: it gets no tasks."
    )
    items = f.List(f.Nested(CyclogramEntrySchema, description="A row."), description="Its rows.")
    promises = f.List(
        f.Nested(PromiseSchema, description="A promise."), description="As they stand now."
    )
