"""Accounts as their administrator changes and sees them through the API."""

from pmo.domain.vocabulary import Role
from schemas import fields as f
from schemas.base import Schema


class UserPatchSchema(Schema):
    """Fields of an account to set; what is left out stays as it is."""

    name = f.String(max_length=120, min_length=1, description="Name.", example="Методист ЦУОКО")
    position = f.String(max_length=160, example="методист", description="Position in the office.")
    role = f.Enum(Role, description="Office role.", example="methodist")
    is_active = f.StrictBoolean(
        description="False shuts the person out at once: sign-ins and tokens end."
    )


class UserSchema(Schema):
    """An account."""

    id = f.Number(description="Number of the person.")
    login = f.Plain(description="Login.")
    name = f.Plain(description="Name.")
    position = f.Plain(description="Position in the office.")
    role = f.Enum(Role, description="Office role.")
    is_active = f.StrictBoolean(description="The person is not shut out.")
    is_demo = f.StrictBoolean(description="Came with the demo portfolio.")
    must_change_password = f.StrictBoolean(description="The password is still the initial one.")
    created_at = f.Moment(description="When the account was made, UTC.")
    version = f.Number(description="Counts edits; the first part of the ETag.")


class UserPageSchema(Schema):
    """A page of accounts."""

    items = f.List(
        f.Nested(UserSchema, description="An account."),
        attribute="users",
        description="Active ones first, by name.",
    )
    total = f.Number(description="How many accounts fit, over all pages.")
    page = f.Number(attribute="number", description="Which page this is, from 1.")
    page_size = f.Number(description="How many on a page.")


class InitialPasswordSchema(Schema):
    """An account with its initial password."""

    user = f.Nested(UserSchema, description="The account.")
    password = f.Plain(
        allow_none=True,
        description="To be handed over, shown this once; null when the answer is a replay.",
    )
    expires_at = f.Moment(
        allow_none=True, description="The password is good until then, UTC; null on a replay."
    )
