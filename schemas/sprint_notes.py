"""Notes of retrospectives: what may be sent, and what is given back."""

from pmo.domain.vocabulary import NoteColumn
from schemas import fields as f
from schemas.base import Schema, Versioned

NOTE_LENGTH = 1000


def _column(**more: bool) -> f.Enum:
    return f.Enum(
        NoteColumn,
        description="What to keep, to stop or to try.",
        metadata={"examples": ["try"]},
        **more,
    )


def _text(**more: bool) -> f.Text:
    return f.Text(
        description="What is said.",
        max_length=NOTE_LENGTH,
        min_length=1,
        example="Согласовывать зал за месяц",
        **more,
    )


class NoteCreateSchema(Schema):
    """A new note, behind the others of its column."""

    column = _column(required=True)
    text = _text(required=True)


class NoteForm(Versioned, NoteCreateSchema):
    """The form of a note that is there."""


class NoteUpdateSchema(Schema):
    """Fields of a note to set; what is left out stays as it is."""

    column = _column()
    text = _text()


class NoteRemovalForm(Versioned, Schema):
    """The button that removes a note."""


class NoteCardSchema(Schema):
    """Where the card goes that is made of a note."""

    is_next = f.StrictBoolean(
        description="Into the next sprint; else into the backlog.",
        load_default=False,
        metadata={"examples": [True]},
    )


class NoteSchema(Schema):
    """A note of a retrospective."""

    id = f.Number(description="Number of the note in addresses.")
    sprint_id = f.Number(description="The sprint.")
    column = f.Enum(NoteColumn, description="What to keep, to stop or to try.")
    text = f.Plain(description="What is said.")
    author = f.Plain(description="Name of who wrote it.")
    created_at = f.Moment(description="When, UTC.")
    task_id = f.Number(description="The card that was made of it; null if none.", allow_none=True)
    task_key = f.Plain(description="Its number as people say it; '' if none.")
    version = f.Number(description="Counts edits.")


class NotesSchema(Schema):
    items = f.List(f.Nested(NoteSchema, description="A note."), description="The oldest first.")
