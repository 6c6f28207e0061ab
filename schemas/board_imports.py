"""Boards from outside: what is sent, and what a draft looks like."""

from pmo.domain import board_plans as plans
from schemas import fields as f
from schemas.base import QuerySchema, Schema


def _fields() -> f.List:
    return f.List(
        f.Choice(plans.FIELDS, description="What one column is."),
        description="Of a table: what each of its columns is, in their order; as guessed if empty.",
        most=60,
        example=["title", "column", "none"],
    )


class BoardFileSchema(Schema):
    """A file of another program, as multipart/form-data."""

    file = f.File(
        required=True,
        description="Trello's export in JSON, or a table as CSV.",
        example="(bytes)",
    )


class DraftQuerySchema(QuerySchema):
    """How the columns of a table are to be understood."""

    columns = _fields()


class DraftChoicesSchema(Schema):
    """What becomes of lists, people and labels; what is left out is as guessed."""

    columns = _fields()
    lists = f.List(
        f.String(description="A choice.", max_length=20),
        description="For each list: number of a column, `new_<meaning>`, or `skip`.",
        most=plans.MOST_NAMED,
        example=["new_queue", "skip"],
    )
    people = f.List(
        f.Integer(description="Number of a member; 0 for nobody."),
        description="For each person: number of a member of the project, 0 for nobody.",
        most=plans.MOST_NAMED,
        example=[0],
    )
    labels = f.List(
        f.String(description="A choice.", max_length=20),
        description="For each label: number of one of the project, `new`, or `skip`.",
        most=plans.MOST_NAMED,
        example=["new", "skip"],
    )
    complete = f.Integer(
        low=0,
        load_default=0,
        description="Column that means done, for cards marked as complete there; "
        "0 leaves them in the columns of their lists.",
        example=0,
    )


class DraftPersonSchema(Schema):
    name = f.Plain(description="Their name there.")
    login = f.Plain(description="Their login there; '' if not told.")
    user_id = f.Number(description="The member it seems to be; 0 for nobody.")


class DraftListSchema(Schema):
    name = f.Plain(description="Its name; '' if the file names none.")
    choice = f.Plain(description="What it would become, as in `lists` of the confirmation.")
    cards = f.Number(description="How many cards it has.")


class DraftLabelSchema(Schema):
    name = f.Plain(description="Its name.")
    choice = f.Plain(description="What it would become, as in `labels` of the confirmation.")
    is_new = f.StrictBoolean(description="The project has none of this name.")


class DraftCardSchema(Schema):
    title = f.Plain(description="Title.")
    list = f.Number(description="Place of its list among the lists.")
    due_on = f.Plain(description="The day it is due; null for none.", allow_none=True)
    labels = f.List(f.Number(description="Place of a label."), description="Its labels.")
    people = f.List(f.Number(description="Place of a person."), description="Its people.")
    is_archived = f.StrictBoolean(description="It goes to the archive.")


class DraftColumnSchema(Schema):
    heading = f.Plain(description="How the table calls it; '' if it has no headings.")
    field = f.Plain(description="What it seems to be.")


class BoardDraftSchema(Schema):
    """A board from outside as it would be taken in."""

    id = f.Number(description="Number of the draft.")
    board_id = f.Number(description="The board it is for.")
    name = f.Plain(description="Name of the file.")
    format = f.Plain(description="`trello` or `csv`.")
    columns = f.List(
        f.Nested(DraftColumnSchema, description="A column."), description="Of a table."
    )
    lists = f.List(f.Nested(DraftListSchema, description="A list."), description="Its lists.")
    people = f.List(f.Nested(DraftPersonSchema, description="A person."), description="Its people.")
    labels = f.List(f.Nested(DraftLabelSchema, description="A label."), description="Its labels.")
    sample = f.List(
        f.Nested(DraftCardSchema, description="A card."), description="The first cards."
    )
    cards = f.Number(description="How many cards there are.")
    archived = f.Number(description="How many of them go to the archive.")
    complete = f.Number(description="How many are marked as complete.")
    left = f.List(
        f.Plain(description="A sentence."), description="What is not taken over, or not as it was."
    )
    doubts = f.List(
        f.Plain(description="A sentence."), description="What was guessed, cut or left out."
    )


class BoardImportedSchema(Schema):
    """What was taken in."""

    board_id = f.Number(description="The board.")
    tasks = f.Number(description="Tasks that were made.")
    columns = f.Number(description="Columns that were made.")
    labels = f.Number(description="Labels that were made.")
    event_id = f.Number(description="The first event of the act: it can be undone as a whole.")
