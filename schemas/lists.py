"""Short lists that are given out whole, and the journal of a project."""

from schemas import fields as f
from schemas.base import Schema
from schemas.cards import LabelSchema
from schemas.memberships import MemberSchema
from schemas.stages import StageSchema


class StageListSchema(Schema):
    """The stages of a project."""

    items = f.List(f.Nested(StageSchema, description="A stage."), description="In their order.")


class MemberListSchema(Schema):
    """The people of a project."""

    items = f.List(
        f.Nested(MemberSchema, description="A person."), description="The lead first, then by name."
    )


class LabelListSchema(Schema):
    """The labels of a project."""

    items = f.List(f.Nested(LabelSchema, description="A label."), description="By name.")


class JournalEntrySchema(Schema):
    """One event of a project's journal."""

    id = f.Number(description="Number of the event; pages go on from it.")
    at = f.Moment(description="When it happened, UTC.")
    actor = f.Plain(description="Name of the person who did it; '' if the product itself.")
    kind = f.Plain(description="What happened: noun.verb.", example="project.gate_passed")
    task_id = f.Number(allow_none=True, description="The task it is about; null if none.")
    data = f.Json(description="The particulars, by kind, in portable values.")


class JournalSchema(Schema):
    """A page of a project's journal."""

    items = f.List(
        f.Nested(JournalEntrySchema, description="One event."), description="Newest first."
    )
    next_before_id = f.Number(
        allow_none=True,
        description="`before_id` of the page that follows; null when this is the last.",
    )


class ImportedSchema(Schema):
    """What a portfolio file brought."""

    people = f.Number(description="People who were not known here yet.")
    programmes = f.Number(description="Programmes.")
    projects = f.Number(description="Projects.")
    tasks = f.Number(description="Tasks.")
    events = f.Number(description="Events of the journal.")
    files = f.Number(description="Files of cards that came with their bytes.")
    files_missing = f.Number(description="Files of cards that are only listed.")
