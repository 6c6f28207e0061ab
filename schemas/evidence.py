"""Evidence of tasks: what may be sent, and what is given back."""

from schemas import fields as f
from schemas.base import Schema, Versioned

TITLE_LENGTH = 200
URL_LENGTH = 2_000
PRESENTATION_LENGTH = 200
NOTE_LENGTH = 2_000


class EvidenceUpdateSchema(Schema):
    """Fields of a piece of evidence to set; what is left out stays as it is."""

    title = f.String(
        description="What it is.",
        max_length=TITLE_LENGTH,
        min_length=1,
        example="Фотоотчёт о семинаре",
    )
    url = f.String(
        description="Where it is: an address with http or https.",
        max_length=URL_LENGTH,
        min_length=1,
        example="https://example.org/report",
    )
    presentation = f.String(
        description="In which form it is presented; '' if not said.",
        max_length=PRESENTATION_LENGTH,
        example="фотоотчёт",
    )
    note = f.Text(description="A note; '' for none.", max_length=NOTE_LENGTH, example="12 снимков")


class EvidenceCreateSchema(EvidenceUpdateSchema):
    """A new piece of evidence: a title and an address are enough."""

    title = f.String(
        description="What it is.",
        max_length=TITLE_LENGTH,
        min_length=1,
        required=True,
        example="Фотоотчёт о семинаре",
    )
    url = f.String(
        description="Where it is: an address with http or https.",
        max_length=URL_LENGTH,
        min_length=1,
        required=True,
        example="https://example.org/report",
    )


class EvidenceForm(Versioned, EvidenceCreateSchema):
    """The form of a piece of evidence."""


class EvidenceSchema(Schema):
    """What confirms a task's result."""

    id = f.Number(description="Number of the piece.")
    task_id = f.Number(description="Number of its task.")
    title = f.Plain(description="What it is.")
    url = f.Plain(description="Where it is.")
    presentation = f.Plain(description="In which form it is presented; '' if not said.")
    note = f.Plain(description="A note; '' for none.")
    added_by = f.Plain(description="Name of the person who added it.")
    added_at = f.Moment(description="When it was added, UTC.")
    version = f.Number(description="Counts edits.")


class EvidenceListSchema(Schema):
    items = f.List(
        f.Nested(EvidenceSchema, description="A piece of evidence."),
        description="The evidence, the oldest first.",
    )
