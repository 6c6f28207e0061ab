"""Files of tasks: what may be sent, and what is given back."""

from schemas import fields as f
from schemas.base import Schema


class UploadForm(Schema):
    """The form that attaches files; they come beside it."""


class UploadSchema(Schema):
    """A file to attach, as multipart/form-data."""

    file = f.File(
        required=True,
        description="The file, with its name; its type is told by its content.",
        example="(bytes)",
    )


class AttachmentSchema(Schema):
    """A file of a task."""

    id = f.Number(description="Number of the file.")
    task_id = f.Number(description="Its task.")
    name = f.Plain(description="Its name.", example="Программа семинара.docx")
    size = f.Number(description="How large it is, bytes.")
    sha256 = f.Plain(description="SHA-256 of its content, also its ETag.")
    media_type = f.Plain(description="What it is by its content, whatever its name says.")
    width = f.Number(
        description="Pixels of a picture that can be shown; else null.", allow_none=True
    )
    height = f.Number(
        description="Pixels of a picture that can be shown; else null.", allow_none=True
    )
    has_preview = f.StrictBoolean(description="It is a picture that can be shown.")
    added_by = f.Plain(description="Name of the person who attached it.")
    added_at = f.Moment(description="When it was attached, UTC.")


class AttachmentListSchema(Schema):
    """All files of a task."""

    items = f.List(
        f.Nested(AttachmentSchema, description="A file."), description="In the order they came."
    )
