"""Acts on cards: the archive, undo, many at once; what they take and what they answer."""

from typing import Any

import marshmallow as ma
from flask_babel import lazy_gettext as _l

from pmo.domain.bulk import MOST_CARDS, NEEDS, BulkAct
from schemas import fields as f
from schemas.base import PageQuerySchema, Schema
from schemas.tasks import confirmed_lines

MOST_DAYS = 3660
BACK = ("board", "task", "work")


class ActForm(Schema):
    """A button of a page that acts on a card."""

    revision = f.Id(
        description="Revision of the board as its page shows it.",
        allow_none=True,
        load_default=None,
    )
    is_part = f.StrictBoolean(
        description="Whether the page shows a part of its board.", load_default=False
    )


class BulkSchema(Schema):
    """One act on many cards of a board."""

    act = f.Enum(BulkAct, description="What to do.", required=True, example="move")
    task_ids = f.List(
        f.Id(description="Number of a task."),
        description="The cards, all of this board.",
        least=1,
        most=MOST_CARDS,
        required=True,
        example=[12, 13],
    )
    column_id = f.Id(
        description="Column of this board, for `move`: the cards go to its end.",
        allow_none=True,
        example=3,
    )
    user_id = f.Id(
        description="Person, for `assign` (a member) and `unassign`.", allow_none=True, example=4
    )
    label_id = f.Id(
        description="Label of the project, for `add_label` and `remove_label`.",
        allow_none=True,
        example=1,
    )
    due_on = f.Date(
        description="The day, for `set_due`; null clears it.", allow_none=True, example="2021-10-31"
    )
    days = f.Integer(
        description="By how many days `shift_due` moves the due dates there are.",
        low=-MOST_DAYS,
        high=MOST_DAYS,
        allow_none=True,
        example=7,
    )
    confirmed = confirmed_lines()

    @ma.validates_schema
    def check_needs(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Refuse an act without what it needs."""
        need = NEEDS.get(data["act"])
        if need is not None and data.get(need) is None:
            raise ma.ValidationError({need: [str(_l("This field is needed."))]})


class TransferSchema(Schema):
    """Where a task of another project goes."""

    column_id = f.Id(description="Column to put it in, at the end.", required=True, example=3)
    confirmed = confirmed_lines()


class LeftBehindSchema(Schema):
    """What of a task would not go along to another project."""

    stage = f.Plain(description="The name of its stage, '' if it goes along.")
    sprint = f.Plain(description="The number of its sprint, '' if it stands in none.")
    labels = f.List(f.Plain(description="Name."), description="Labels that are not there.")
    people = f.List(f.Plain(description="Name."), description="Assignees who are no members there.")
    watchers = f.List(
        f.Plain(description="Name."), description="Watchers who are no members there."
    )
    own_fields = f.List(
        f.Plain(description="Name."),
        description="Own fields that are not there under their name and kind.",
    )
    waits_for = f.List(
        f.Plain(description="Number."), description="Tasks that it would no longer wait for."
    )
    is_awaited_by = f.List(
        f.Plain(description="Number."), description="Tasks that would no longer wait for it."
    )


class CopySchema(TransferSchema):
    """What a copy of a task takes along."""

    with_people = f.StrictBoolean(description="Its assignees.", load_default=False)
    with_checklist = f.StrictBoolean(
        description="Its checklist, with nothing ticked.", load_default=False
    )


class CopyForm(CopySchema):
    """The form of a copy."""


class MergeSchema(Schema):
    """The task that another one is merged into."""

    into_id = f.Id(description="A task of the same project.", required=True, example=12)


class MergeForm(MergeSchema):
    """The form of a merge."""


class BulkForm(ActForm, BulkSchema):
    """The bar of a board, and the page that does without JavaScript."""


class UndoForm(ActForm):
    """The button that takes an act back. back: where to go without JavaScript."""

    back = f.Choice(BACK, description="Where to go afterwards.", load_default="board")


class ArchiveQuerySchema(PageQuerySchema):
    """Which page of an archive is wanted."""

    search = f.String(
        description="Words that key and title must all have.", max_length=200, load_default=""
    )


class ActedSchema(Schema):
    """What an act on cards did."""

    event_id = f.Number(
        description="Its first event, by which it can be undone; null if nothing was different.",
        allow_none=True,
    )
    task_ids = f.List(
        f.Number(description="Number of a task."), description="The tasks that were changed."
    )
