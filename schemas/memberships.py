"""People of a project."""

from pmo.domain.vocabulary import MemberRole
from schemas import fields as f
from schemas.base import Schema


class MemberRoleSchema(Schema):
    """What a person is in a project."""

    role = f.Enum(MemberRole, required=True, description="Their part in it.", example="member")


class MemberForm(MemberRoleSchema):
    """The form that adds a person to a project."""

    user_id = f.Id(required=True, description="Number of the person.")


class MemberSchema(Schema):
    """A person's part in a project."""

    user_id = f.Number(description="Number of the person.")
    login = f.Plain(description="Their login.")
    name = f.Plain(description="Their name.")
    initials = f.Plain(description="Up to two letters for a badge.")
    position = f.Plain(description="Their position in the office.")
    role = f.Enum(MemberRole, description="Their part in it.")
    is_active = f.StrictBoolean(description="Their account is not disabled.")
    is_lead = f.StrictBoolean(description="The project names them as its lead.")
