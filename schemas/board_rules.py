"""Rules of boards: what may be sent, and what is given back."""

from pmo.domain.vocabulary import MemberRole
from schemas import fields as f
from schemas.base import Schema


class MoveRuleCreateSchema(Schema):
    """A new rule: who may move cards on this way."""

    source_id = f.Id(
        description="The column that cards leave; null or left out for any.",
        allow_none=True,
        load_default=None,
        example=3,
    )
    target_id = f.Id(
        description="The column that cards enter; null or left out for any.",
        allow_none=True,
        load_default=None,
        example=4,
    )
    least_role = f.Enum(
        MemberRole,
        description="The least part in the project that the move needs: `member` or `lead`. "
        "Directors and administrators count as the lead.",
        load_default=MemberRole.LEAD,
        example="lead",
    )


class MoveRuleSchema(Schema):
    """Who may move cards on one way. The rule for exactly this way counts before others."""

    id = f.Number(description="Number of the rule.")
    source_id = f.Number(description="The column cards leave; null for any.", allow_none=True)
    source_name = f.Plain(description="Its name; '' for any.")
    target_id = f.Number(description="The column cards enter; null for any.", allow_none=True)
    target_name = f.Plain(description="Its name; '' for any.")
    least_role = f.Enum(MemberRole, description="The least part in the project it needs.")


class MoveRuleListSchema(Schema):
    items = f.List(
        f.Nested(MoveRuleSchema, description="A rule."), description="In the order of columns."
    )
