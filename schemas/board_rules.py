"""Rules of boards: what may be sent, and what is given back."""

from pmo.domain.vocabulary import MemberRole, WipBy, WipKind
from schemas import fields as f
from schemas.base import Schema
from schemas.boards import MOST_LIMIT


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


class WipRuleCreateSchema(Schema):
    """A new limit of work in progress."""

    by = f.Enum(
        WipBy, description="Whose work in progress it limits.", required=True, example="person"
    )
    subject_id = f.Id(
        description="The person, stage or label; null or left out for each of them.",
        allow_none=True,
        load_default=None,
        example=4,
    )
    limit = f.Integer(
        description="Most tasks in columns that mean in progress at once.",
        low=1,
        high=MOST_LIMIT,
        required=True,
        example=5,
    )
    kind = f.Enum(
        WipKind,
        description="`soft` warns, `hard` refuses.",
        load_default=WipKind.SOFT,
        example="soft",
    )


class WipRuleForm(WipRuleCreateSchema):
    """The form of a page: kind and number in one choice."""

    class Meta(WipRuleCreateSchema.Meta):
        exclude = ("by", "subject_id")

    whose = f.String(
        description="`person` for each, `person:4` for one.", max_length=20, required=True
    )


class WipRuleSchema(Schema):
    """How many tasks in progress a person, a stage or a label may have at once on a board."""

    id = f.Number(description="Number of the limit.")
    by = f.Enum(WipBy, description="Whose work in progress it limits.")
    subject_id = f.Number(
        description="The person, stage or label; null for each of them.", allow_none=True
    )
    subject_name = f.Plain(description="Name of that; '' for each.")
    limit = f.Number(description="Most tasks at once.")
    kind = f.Enum(WipKind, description="`soft` warns, `hard` refuses.")


class OverloadSchema(Schema):
    """Work in progress beyond a limit."""

    by = f.Enum(WipBy, description="Whose it is.")
    key = f.Plain(description="A login, a stage's key, or a label's name.")
    name = f.Plain(description="The name for people.")
    count = f.Number(description="How many tasks there are.")
    limit = f.Number(description="How many were agreed.")


class WipRuleListSchema(Schema):
    items = f.List(f.Nested(WipRuleSchema, description="A limit."), description="By kind and name.")
    overloads = f.List(
        f.Nested(OverloadSchema, description="A load beyond its limit."),
        description="Who and what has more in progress than agreed.",
    )
