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
        description="Where it is: an address with http or https; '' for a file.",
        max_length=URL_LENGTH,
        example="https://example.org/report",
    )
    attachment_id = f.Id(
        description="The file that it is, of the same task; null for an address.",
        allow_none=True,
        example=7,
    )
    presentation = f.String(
        description="In which form it is presented; '' if not said.",
        max_length=PRESENTATION_LENGTH,
        example="фотоотчёт",
    )
    note = f.Text(description="A note; '' for none.", max_length=NOTE_LENGTH, example="12 снимков")


class EvidenceCreateSchema(EvidenceUpdateSchema):
    """A new piece of evidence: a title, and an address or a file of the task."""

    title = f.String(
        description="What it is.",
        max_length=TITLE_LENGTH,
        min_length=1,
        required=True,
        example="Фотоотчёт о семинаре",
    )


class EvidenceForm(Versioned, EvidenceCreateSchema):
    """The form of a piece of evidence."""


class FileLinkSchema(Schema):
    id = f.Number(description="Number of the attachment.")
    name = f.Plain(description="Its name.")


class EvidenceSchema(Schema):
    """What confirms a task's result."""

    id = f.Number(description="Number of the piece.")
    task_id = f.Number(description="Number of its task.")
    title = f.Plain(description="What it is.")
    url = f.Plain(description="Where it is; '' for a file.")
    file = f.Nested(
        FileLinkSchema, description="The file that it is; null for an address.", allow_none=True
    )
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
