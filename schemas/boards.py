"""Boards and columns: what may be sent, and what is given back."""

from pmo.domain.ageing import MOST_DAYS
from pmo.domain.vocabulary import ColumnMeaning, WipKind
from schemas import fields as f
from schemas.base import Schema, Versioned
from schemas.cards import CardSchema

BOARD_NAME_LENGTH = 120
COLUMN_NAME_LENGTH = 60
MOST_LIMIT = 1_000


class BoardNameSchema(Schema):
    """A board's name: to make one, or to give it another."""

    name = f.String(
        description="Name of the board.",
        max_length=BOARD_NAME_LENGTH,
        min_length=1,
        required=True,
        example="Доска проекта",
    )


class BoardForm(Versioned, BoardNameSchema):
    """The form that renames a board."""


class ColumnUpdateSchema(Schema):
    """Fields of a column to set; what is left out stays as it is."""

    name = f.String(
        description="Name.", max_length=COLUMN_NAME_LENGTH, min_length=1, example="В работе"
    )
    meaning = f.Enum(
        ColumnMeaning, description="What standing in it says about a task.", example="in_progress"
    )
    wip_limit = f.Integer(
        description="Most tasks in it at once; null, together with `wip_kind` none, for no limit.",
        low=1,
        high=MOST_LIMIT,
        allow_none=True,
        example=5,
    )
    wip_kind = f.Enum(
        WipKind, description="What the limit does: nothing, warn, refuse.", example="soft"
    )
    definition_of_done = f.Text(
        description="When a task may leave it.", max_length=2_000, example="Отчёт сдан куратору"
    )
    amber_days = f.Integer(
        description="After how many days in it a task is tinted amber; null for never.",
        low=1,
        high=MOST_DAYS,
        allow_none=True,
        example=7,
    )
    red_days = f.Integer(
        description="After how many days in it a task is tinted red; null for never.",
        low=1,
        high=MOST_DAYS,
        allow_none=True,
        example=14,
    )


class ColumnCreateSchema(ColumnUpdateSchema):
    """A new column at the right end of a board."""

    name = f.String(
        description="Name.",
        max_length=COLUMN_NAME_LENGTH,
        min_length=1,
        required=True,
        example="В работе",
    )
    meaning = f.Enum(
        ColumnMeaning,
        description="What standing in it says about a task.",
        required=True,
        example="in_progress",
    )


class ColumnForm(Versioned, ColumnUpdateSchema):
    """The form that edits a column."""


class ColumnRemovalForm(Versioned, Schema):
    """The form that removes an empty column."""


class ColumnPlacementSchema(Schema):
    """Where a column goes: the neighbour at its right."""

    before_id = f.Id(
        description="The column to put it before; null or left out for the right end.",
        example=3,
        allow_none=True,
        load_default=None,
    )


class ColumnSchema(Schema):
    """A column's head."""

    id = f.Number(description="Number of the column.")
    key = f.Plain(description="Its key in files and in the journal.", example="c3")
    name = f.Plain(description="Its name.")
    meaning = f.Enum(ColumnMeaning, description="What standing in it says about a task.")
    wip_limit = f.Number(
        description="Most tasks in it at once; null for no limit.", allow_none=True
    )
    wip_kind = f.Enum(WipKind, description="What the limit does: nothing, warn, refuse.")
    is_full = f.StrictBoolean(description="It holds as many tasks as its limit allows.")
    is_over = f.StrictBoolean(description="It holds more.")
    count = f.Number(description="How many tasks stand in it.")
    weight = f.Number(description="The sum of their weights, in points.")
    definition_of_done = f.Plain(
        description="What must hold, one condition a line. Asked for where tasks enter a column "
        "that means done."
    )
    enter_by_lead = f.StrictBoolean(description="Only the lead of the project puts tasks into it.")
    leave_by_lead = f.StrictBoolean(description="Only the lead takes tasks out of it.")
    amber_days = f.Number(
        description="After how many days in it a task is tinted amber; null for never.",
        allow_none=True,
    )
    red_days = f.Number(
        description="After how many days in it a task is tinted red; null for never.",
        allow_none=True,
    )
    revision = f.Number(
        description="The board's revision that last changed this column or its tasks."
    )
    version = f.Number(description="Counts edits of the column itself; its ETag.")


class ColumnWithCardsSchema(Schema):
    """A column with its tasks."""

    head = f.Nested(ColumnSchema, description="The column itself.")
    cards = f.List(
        f.Nested(CardSchema, description="A task."), description="Its tasks, top to bottom."
    )


class BoardHeadSchema(Schema):
    """A board without its columns."""

    id = f.Number(description="Number of the board.")
    name = f.Plain(description="Its name.")
    revision = f.Number(description="Grows with everything that the board shows.")
    version = f.Number(description="Counts edits of the board itself.")
    project_id = f.Number(description="Its project.")
    project_code = f.Plain(description="Code of the project.")
    project_name = f.Plain(description="Short name of the project.")
    can_edit = f.StrictBoolean(description="Whether you may change and move its tasks.")
    can_configure = f.StrictBoolean(description="Whether you may change its columns.")


class BoardSchema(BoardHeadSchema):
    """A whole board."""

    columns = f.List(
        f.Nested(ColumnWithCardsSchema, description="A column."),
        description="Columns, left to right.",
    )


class BoardListSchema(Schema):
    """The boards of a project."""

    items = f.List(
        f.Nested(BoardHeadSchema, description="A board."), description="Boards in their order."
    )
