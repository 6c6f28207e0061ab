"""The closing of a sprint: what may be sent, and what is given back."""

from pmo.domain.vocabulary import LeftoverDecision
from schemas import fields as f
from schemas.base import Schema
from schemas.sprint_notes import NoteCreateSchema

MOST_LEFTOVERS = 500
MOST_NOTES = 100
REASON_LENGTH = 500
TITLE_LENGTH = 200
MOST_WEIGHT = 1_000_000
MOST_CRITERIA = 100


class DecisionSchema(Schema):
    """What becomes of a card that is not finished."""

    task_id = f.Id(description="The card.", required=True, example=12)
    decision = f.Enum(LeftoverDecision, description="What becomes of it.", required=True)
    reason = f.String(
        description="Why; '' for the common reason.", max_length=REASON_LENGTH, load_default=""
    )
    done_weight = f.Integer(
        description="Of a split: how much of its weight is done; the rest goes to a new card.",
        low=0,
        high=MOST_WEIGHT,
        load_default=0,
    )
    rest_to = f.Enum(
        LeftoverDecision,
        description="Of a split: where the rest goes, `next_sprint`, `backlog_top` or "
        "`backlog_bottom`.",
        load_default=LeftoverDecision.NEXT_SPRINT,
    )
    rest_title = f.String(
        description="Of a split: title of the card that takes the rest; '' for the same.",
        max_length=TITLE_LENGTH,
        load_default="",
    )
    weight = f.Integer(
        description="Of a split: the weight that was seen; 409 if it is another by now.",
        low=0,
        high=MOST_WEIGHT,
        allow_none=True,
        load_default=None,
    )


class NoteCardChoiceSchema(Schema):
    """A note of the retrospective that becomes a card."""

    note_id = f.Id(description="The note.", required=True, example=3)
    is_next = f.StrictBoolean(
        description="Into the next sprint; else into the backlog.", load_default=False
    )


class ClosingSchema(Schema):
    """A decision on every card that is not finished, and what the sprint has come to."""

    goal_met = f.StrictBoolean(description="Whether the goal was met.", required=True)
    reason = f.String(
        description="Why, for all cards that have no reason of their own.",
        max_length=REASON_LENGTH,
        load_default="",
        example="Перенесли из-за карантина",
    )
    decisions = f.List(
        f.Nested(DecisionSchema, description="A decision."),
        description="One on every card of the sprint that is not done.",
        example=[{"task_id": 12, "decision": "next_sprint"}],
        most=MOST_LEFTOVERS,
        load_default=list,
    )
    notes = f.List(
        f.Nested(NoteCreateSchema, description="A note."),
        description="Notes to add to its retrospective.",
        example=[{"column": "try", "text": "Согласовывать зал за месяц"}],
        most=MOST_NOTES,
        load_default=list,
    )
    note_cards = f.List(
        f.Nested(NoteCardChoiceSchema, description="A note that becomes a card."),
        description="Notes of which cards are made.",
        example=[{"note_id": 3, "is_next": True}],
        most=MOST_NOTES,
        load_default=list,
    )
    confirmed = f.List(
        f.String(max_length=2000),
        description="Lines of the definition of done that hold for what is done of split cards.",
        example=["Материалы опубликованы"],
        most=MOST_CRITERIA,
        load_default=list,
    )
    version = f.Integer(
        description="The version of the sprint that was seen; 409 if it is past. Null for any.",
        example=4,
        low=1,
        allow_none=True,
        load_default=None,
    )


class LeftoverSchema(Schema):
    """A card of a running sprint that is not done."""

    task_id = f.Number(description="The card.")
    key = f.Plain(description="Its number as people say it.", example="ПК-7")
    title = f.Plain(description="Its title.")
    column = f.Plain(description="Where it stands.")
    weight = f.Number(description="Its weight.")
    checklist_done = f.Number(description="Items of its checklist that are done.")
    checklist_total = f.Number(description="Items of its checklist.")
    blocked_reason = f.Plain(description="Why it is blocked; '' if it is not.")
    people = f.List(f.Plain(), description="Names of who does it.")
    carried = f.Number(description="How often it was carried over into another sprint before.")
    is_flagged = f.StrictBoolean(
        description="Carried over once more, it is told to who leads the project."
    )


class ClosingViewSchema(Schema):
    """What is to be decided before a sprint can be closed."""

    next_number = f.Number(
        description="The sprint that takes what is carried over; null if there is none.",
        allow_none=True,
    )
    leftovers = f.List(
        f.Nested(LeftoverSchema, description="A card."), description="As the boards show them."
    )
    criteria = f.List(f.Plain(), description="What has to hold for what is done of a split card.")
