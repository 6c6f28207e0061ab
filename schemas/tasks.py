"""Tasks: what may be sent, and what is given back."""

from pmo.domain.task_order import ORDERS
from pmo.domain.vocabulary import SprintState, TaskKind
from schemas import fields as f
from schemas.base import PageQuerySchema, Schema, Versioned
from schemas.board_looks import lane as lane_key
from schemas.cards import CardSchema, LabelSchema, PersonSchema, StageChoiceSchema
from schemas.own_fields import OwnValueSchema
from schemas.periods import PeriodSchema
from schemas.task_filters import TaskFilterSchema

TITLE_LENGTH = 200
TEXT_LENGTH = 20_000
NOTE_LENGTH = 2_000
MOST_PEOPLE = 50
MOST_LABELS = 50
MOST_WEIGHT = 1_000
MOST_CRITERIA = 200


class TaskUpdateSchema(Schema):
    """Fields of a task to set; what is left out stays as it is."""

    title = f.String(
        description="Title, one line.",
        max_length=TITLE_LENGTH,
        min_length=1,
        example="Семинар для тьюторов",
    )
    description = f.Text(
        example="Тема и **спикеры** – в приложении.",
        description="Description in Markdown.",
        max_length=TEXT_LENGTH,
    )
    kind = f.Enum(TaskKind, description="What sort of work it is.", example="event")
    stage_id = f.Id(
        example=2, description="Stage of the same project; null for none.", allow_none=True
    )
    plan_number = f.String(
        description="Its number in the plan of events.", max_length=16, example="1.2"
    )
    period = f.Text(
        description="The period as people write it; '' for none.",
        max_length=300,
        example="октябрь 2021 г.",
    )
    due_on = f.Date(
        description="The day it is due; null for none. Left out, it follows the end of the period.",
        allow_none=True,
        example="2021-10-31",
    )
    weight = f.Integer(
        description="Weight in points, for roll-ups.", low=0, high=MOST_WEIGHT, example=1
    )
    assignee_ids = f.List(
        f.Id(description="Number of a person."),
        example=[4],
        description="The people who do it: members of the project.",
        most=MOST_PEOPLE,
    )
    label_ids = f.List(
        f.Id(description="Number of a label."),
        example=[1],
        description="Its labels: of the same project.",
        most=MOST_LABELS,
    )
    expected_result = f.Text(
        example="Программа семинара",
        description="The result that is expected.",
        max_length=NOTE_LENGTH,
    )
    responsible = f.Text(
        example="Руководитель проекта",
        description="Who answers for it, as the plan says it.",
        max_length=NOTE_LENGTH,
    )
    blocked_reason = f.Text(
        example="Нет помещения",
        description="Why it is blocked; '' if it is not.",
        max_length=NOTE_LENGTH,
    )
    own = f.OwnValues(
        example={"f1": 12.5, "f2": "очно"},
        description="Values of the project's own fields by key; null or '' for none. "
        "Keys that are left out stay as they are.",
    )


def confirmed_lines() -> f.List:
    """Return the field of the lines of a definition of done that hold."""
    return f.List(
        f.String(description="One line of it, as it is written.", max_length=NOTE_LENGTH),
        description="Lines of the column's definition of done that hold: all of them are needed "
        "when the task enters a column that means done.",
        most=MOST_CRITERIA,
        load_default=list,
        example=["Отчёт сдан куратору"],
    )


class TaskCreateSchema(TaskUpdateSchema):
    """A new task: a title is enough."""

    confirmed = confirmed_lines()

    title = f.String(
        description="Title, one line.",
        max_length=TITLE_LENGTH,
        min_length=1,
        required=True,
        example="Семинар для тьюторов",
    )


class BoardRevision:
    """Mixed into forms that a board's page sends: the revision that the page shows."""

    revision = f.Id(description="Revision of the board as its page shows it.", allow_none=True)


class TaskQuickAddForm(BoardRevision, TaskCreateSchema):
    """The form at the foot of a column."""


class TaskForm(BoardRevision, Versioned, TaskUpdateSchema):
    """The whole form of a task's panel."""

    is_part = f.StrictBoolean(description="Whether the page shows a part of its board.")
    since = f.Version(
        description="The version before a clash: what is not chosen there clashes again."
    )


class PlacementSchema(Schema):
    """Where a task goes: a column, and the neighbour below."""

    column_id = f.Id(
        example=3, description="Column to put it in; of the same project.", required=True
    )
    before_id = f.Id(
        example=12,
        description="The task to put it before; null or left out for the end of the column.",
        allow_none=True,
        load_default=None,
    )
    revision = f.Id(
        example=417,
        description="Revision of the board as the mover saw it; only pages need it.",
        allow_none=True,
        load_default=None,
    )
    confirmed = confirmed_lines()


class PlacementForm(PlacementSchema):
    """The form of a board's page that moves a card."""

    is_part = f.StrictBoolean(
        description="Whether the page shows a part of its board.", load_default=False
    )
    lane = lane_key(
        description="The lane it goes to; '' on a page without lanes.",
        allow_none=True,
        load_default=None,
    )
    from_lane = lane_key(description="The lane it comes from.", allow_none=True, load_default=None)


class TaskQuerySchema(TaskFilterSchema, PageQuerySchema):
    """Which tasks of a board or a project are wanted, and in which order."""

    is_archived = f.StrictBoolean(
        description="Those of the archive instead of those on the board.", load_default=False
    )
    sort = f.Choice(
        ORDERS,
        description="Order; a minus turns it round. `place`: by columns, then top to bottom.",
        load_default="place",
    )


class ListedTaskSchema(CardSchema):
    """A task of a list: as a board shows it, and its own fields."""

    own = f.List(
        f.Nested(OwnValueSchema, description="A value."),
        description="All own fields of its project, in their order.",
    )


class SuccessorSchema(Schema):
    id = f.Number(description="Number of the task; null if you may not see it.", allow_none=True)
    key = f.Plain(description="Its number as people say it.", example="ШШ-42")


class TaskSprintSchema(Schema):
    """The sprint of a task."""

    id = f.Number(description="Number of the sprint in addresses.")
    number = f.Number(description="Its number in the project; 0: the trial one.")
    state = f.Enum(SprintState, description="What has become of it.")


class TaskSchema(Schema):
    """A task with all its fields."""

    id = f.Number(description="Number of the task in addresses.")
    key = f.Plain(description="Its number as people say it.", example="ШШ-42")
    number = f.Number(description="Its number in the project.")
    project_id = f.Number(description="Its project.")
    project_code = f.Plain(description="Code of the project.")
    project_name = f.Plain(description="Short name of the project.")
    board_id = f.Number(description="The board it stands on.")
    column_id = f.Number(description="The column it stands in.")
    column_name = f.Plain(description="Name of that column.")
    title = f.Plain(description="Its title.")
    description = f.Plain(description="Its description in Markdown.")
    kind = f.Enum(TaskKind, description="What sort of work it is.")
    stage = f.Nested(StageChoiceSchema, description="Its stage; null for none.", allow_none=True)
    plan_number = f.Plain(description="Its number in the plan of events.")
    period = f.Nested(PeriodSchema, description="Its period; null for none.", allow_none=True)
    due_on = f.Date(description="The day it is due; null for none.", allow_none=True)
    is_overdue = f.StrictBoolean(description="The due day is past and it is not done.")
    is_done = f.StrictBoolean(description="It stands in a column that means done.")
    weight = f.Number(description="Weight in the unit of the project.")
    sprint = f.Nested(TaskSprintSchema, description="Its sprint; null for none.", allow_none=True)
    expected_result = f.Plain(description="The result that is expected.")
    responsible = f.Plain(description="Who answers for it, as the plan says it.")
    blocked_reason = f.Plain(description="Why it is blocked; '' if it is not.")
    assignees = f.List(
        f.Nested(PersonSchema, description="A person."), description="The people who do it."
    )
    labels = f.List(f.Nested(LabelSchema, description="A label."), description="Its labels.")
    own = f.List(
        f.Nested(OwnValueSchema, description="A value."),
        description="All own fields of its project, in their order.",
    )
    created_by = f.Plain(description="Name of the person who made it.")
    created_at = f.Moment(description="When it was made, UTC.")
    archived_at = f.Moment(
        description="When it was put into the archive, UTC; null while it is not.", allow_none=True
    )
    successor = f.Nested(
        SuccessorSchema,
        description="The task that it went on as, in another project or merged; null for none.",
        allow_none=True,
    )
    version = f.Number(
        description="Counts edits; a move does not change it. The first part of the ETag."
    )
    moves = f.Number(description="Counts moves. The second part of the ETag.")
    can_edit = f.StrictBoolean(description="Whether you may change it.")
    can_restore = f.StrictBoolean(description="Whether you may take it out of the archive.")


class TaskPageSchema(Schema):
    """A page of tasks."""

    items = f.List(
        f.Nested(ListedTaskSchema, description="A task."), description="The tasks of this page."
    )
    total = f.Number(description="How many tasks fit, over all pages.")
    page = f.Number(description="Which page this is, from 1.")
    page_size = f.Number(description="How many on a page.")
