"""Problem details (RFC 9457): the one shape of all errors of the API."""

from schemas import fields as f
from schemas.base import Schema


class ProblemPlaceSchema(Schema):
    """One fault and where it is."""

    pointer = f.Plain(
        description="JSON Pointer into the body (`#/title`), or where and what (`query/page`).",
        example="#/title",
    )
    detail = f.Plain(description="What is wrong there, in the reader's language.")


class FieldConflictSchema(Schema):
    """A field that two people changed."""

    field = f.Plain(description="Its name.")
    base = f.AnyValue(description="What it was when you looked.", allow_none=True)
    theirs = f.AnyValue(description="What somebody else has made of it.", allow_none=True)
    yours = f.AnyValue(description="What you sent.", allow_none=True)


class ProblemSchema(Schema):
    """What went wrong."""

    type = f.Plain(
        required=True, description="Names the kind of problem.", example="urn:pmo:problem:not_found"
    )
    title = f.Plain(required=True, description="The kind of problem, in the reader's language.")
    status = f.Number(required=True, description="The HTTP status, 400 to 599.", example=404)
    detail = f.Plain(required=True, description="What happened, in the reader's language.")
    instance = f.Plain(required=True, description="The address that was asked.")
    code = f.Plain(
        required=True, description="The kind of problem, for programs.", example="not_found"
    )
    request_id = f.Plain(required=True, description="Names the request in the server's log.")
    errors = f.List(
        f.Nested(ProblemPlaceSchema, description="One fault."),
        description="Every fault that was found.",
    )
    conflicts = f.List(
        f.Nested(FieldConflictSchema, description="One field."),
        description="Only with the code `edit_conflict`: fields that somebody else changed too.",
    )
