"""Cards: a task as a board shows it."""

from pmo.domain.vocabulary import LabelColour, TaskKind
from schemas import fields as f
from schemas.base import Schema


class PersonSchema(Schema):
    id = f.Number(description="Number of the person.")
    login = f.Plain(description="Their login.")
    name = f.Plain(description="Their name.")
    initials = f.Plain(description="Up to two letters for a badge.")


class LabelSchema(Schema):
    id = f.Number(description="Number of the label.")
    name = f.Plain(description="Its name.")
    colour = f.Enum(LabelColour, description="Its colour.")


class StageChoiceSchema(Schema):
    id = f.Number(description="Number of the stage.")
    key = f.Plain(description="Its key in files and in the journal.")
    name = f.Plain(description="Its name.")


class CardCountsSchema(Schema):
    """How much hangs on a task."""

    checklist_total = f.Number(description="Items of its checklist.")
    checklist_done = f.Number(description="Those of them that are done.")
    comments = f.Number(description="Comments.")
    attachments = f.Number(description="Attached files.")
    evidence = f.Number(description="Pieces of evidence.")


class CardSchema(Schema):
    """A task as a board shows it."""

    id = f.Number(description="Number of the task in addresses.")
    key = f.Plain(description="Its number as people say it.", example="ШШ-42")
    title = f.Plain(description="Its title.")
    kind = f.Enum(TaskKind, description="What sort of work it is.")
    stage_id = f.Number(description="Its stage; null for none.", allow_none=True)
    stage = f.Plain(description="Name of its stage; '' for none.")
    plan_number = f.Plain(description="Its number in the plan of events.")
    period_text = f.Plain(description="Its period as written; '' for none.")
    due_on = f.Date(description="The day it is due; null for none.", allow_none=True)
    is_overdue = f.StrictBoolean(description="The due day is past and it is not done.")
    is_done = f.StrictBoolean(description="It stands in a column that means done.")
    weight = f.Number(description="Weight in points.")
    is_blocked = f.StrictBoolean(description="It is blocked.")
    blocked_reason = f.Plain(description="Why it is blocked; '' if it is not.")
    has_description = f.StrictBoolean(description="It has a description.")
    counts = f.Nested(CardCountsSchema, description="How much hangs on it.")
    entered_at = f.Moment(description="Since when it stands in its column, UTC.")
    assignees = f.List(
        f.Nested(PersonSchema, description="A person."), description="The people who do it."
    )
    labels = f.List(f.Nested(LabelSchema, description="A label."), description="Its labels.")
    waits_for = f.List(
        f.Plain(description="Key of a task."),
        description="What it waits for: tasks neither done nor in the archive.",
    )
    sprint = f.Number(
        description="Number of its sprint, 0 for the trial one; null for none.", allow_none=True
    )
