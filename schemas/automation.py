"""Rules by which a board acts by itself: what may be sent, and what is given back."""

from pmo.domain.automation import MOST_DAYS
from pmo.domain.vocabulary import AutomationAction, AutomationOutcome, AutomationTrigger
from schemas import fields as f
from schemas.base import Schema, Versioned

NAME_LENGTH = 80
MESSAGE_LENGTH = 300


class AutomationRuleUpdateSchema(Schema):
    """Fields of a rule to set; what is left out stays as it is."""

    name = f.String(
        description="Name; the journal and the log call it by it.",
        max_length=NAME_LENGTH,
        min_length=1,
        example="Ready for review",
    )
    is_on = f.StrictBoolean(description="Whether it acts.", example=True)
    trigger = f.Enum(AutomationTrigger, description="When it acts.", example="moved")
    column_id = f.Id(
        description="`moved`: the column that a task comes into; `idle`: the one that it stands "
        "in, null for any that does not mean done.",
        allow_none=True,
        example=3,
    )
    days = f.Integer(
        description="`due`: how many days before the due date; `idle`: after how many days in "
        "one column.",
        low=0,
        high=MOST_DAYS,
        allow_none=True,
        example=3,
    )
    action = f.Enum(AutomationAction, description="What it does.", example="label")
    target_id = f.Id(
        description="`move`: the column that the task is moved to.",
        allow_none=True,
        example=4,
    )
    user_id = f.Id(description="`assign`: the person who is added.", allow_none=True, example=4)
    label_id = f.Id(description="`label`: the label that is added.", allow_none=True, example=1)
    text = f.Text(
        description="`notify`: what the people of the task and the lead are told; `comment`: what "
        "is written.",
        max_length=MESSAGE_LENGTH,
        example="Look at it, please",
    )


class AutomationRuleCreateSchema(AutomationRuleUpdateSchema):
    """A new rule, after the others of its board."""

    name = f.String(
        description="Name; the journal and the log call it by it.",
        max_length=NAME_LENGTH,
        min_length=1,
        required=True,
        example="Ready for review",
    )
    trigger = f.Enum(AutomationTrigger, description="When it acts.", required=True, example="moved")
    action = f.Enum(AutomationAction, description="What it does.", required=True, example="label")


class AutomationRuleForm(Versioned, AutomationRuleCreateSchema):
    """The whole form of a rule."""


class RuleVersionForm(Versioned, Schema):
    """A form with one button about a rule."""


class RuleStateForm(Versioned, Schema):
    """The form that switches a rule on or off."""

    is_on = f.StrictBoolean(description="Whether it acts.", required=True)


class RulePlacementSchema(Schema):
    """Where a rule goes: the neighbour below."""

    before_id = f.Id(
        description="The rule to put it before; null or left out for the end.",
        example=3,
        allow_none=True,
        load_default=None,
    )


class AutomationRuleSchema(Schema):
    """What a board does by itself, and when."""

    id = f.Number(description="Number of the rule.")
    board_id = f.Number(description="Its board.")
    name = f.Plain(description="Its name.")
    is_on = f.StrictBoolean(description="Whether it acts.")
    trigger = f.Enum(AutomationTrigger, description="When it acts.")
    column_id = f.Number(
        description="The column of `moved` and `idle`; else null.", allow_none=True
    )
    column_name = f.Plain(description="Its name; else ''.")
    days = f.Number(description="The days of `due` and `idle`; else null.", allow_none=True)
    action = f.Enum(AutomationAction, description="What it does.")
    target_id = f.Number(description="The column of `move`; else null.", allow_none=True)
    target_name = f.Plain(description="Its name; else ''.")
    user_id = f.Number(description="The person of `assign`; else null.", allow_none=True)
    user_name = f.Plain(description="Their name; else ''.")
    label_id = f.Number(description="The label of `label`; else null.", allow_none=True)
    label_name = f.Plain(description="Its name; else ''.")
    text = f.Plain(description="The message; else ''.")
    refusals = f.Number(
        description="How often it was kept from going round in a circle since it was last edited."
    )
    version = f.Number(description="Counts edits; its ETag.")


class AutomationRuleListSchema(Schema):
    items = f.List(
        f.Nested(AutomationRuleSchema, description="A rule."),
        description="In their order.",
    )


class AutomationRunSchema(Schema):
    """One line of the log."""

    id = f.Number(description="Number of the line; pages go on from it.")
    at = f.Moment(description="When, UTC.")
    rule_id = f.Number(description="The rule; null if it is not there any more.", allow_none=True)
    rule_name = f.Plain(description="Name of the rule at that time.")
    task_id = f.Number(description="The task.")
    task_key = f.Plain(description="Its number as people say it.")
    task_title = f.Plain(description="Its title.")
    outcome = f.Enum(AutomationOutcome, description="What became of it.")
    reason = f.Plain(description="Why it was refused; '' otherwise.")


class AutomationLogSchema(Schema):
    """A page of the log, newest first."""

    items = f.List(
        f.Nested(AutomationRunSchema, description="A line."),
        description="Lines, newest first.",
    )
    next_before_id = f.Number(
        description="`before_id` of the page that follows; null when this is the last.",
        allow_none=True,
    )
