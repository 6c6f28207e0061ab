"""Who is signed in: oneself, one's sign-ins, one's API tokens, as they are given out."""

from pmo.config import LANGUAGES
from pmo.domain.vocabulary import Role, TokenScope
from schemas import fields as f
from schemas.base import Schema


class MeSchema(Schema):
    """Yourself."""

    id = f.Number(attribute="user_id", description="Your number.")
    login = f.Plain(description="Your login.")
    name = f.Plain(description="Your name.")
    position = f.Plain(description="Your position in the office.")
    role = f.Enum(Role, description="Your office role.")
    language = f.Choice(("", *LANGUAGES), description="Your language; '' follows the browser.")
    scopes = f.List(
        f.Enum(TokenScope, description="A scope."),
        allow_none=True,
        description="What the token that asks may do at most; null for a session.",
    )
    can = f.List(
        f.Plain(description="A capability."),
        description="What your office role allows on every object; memberships allow more.",
    )


class SessionSchema(Schema):
    """A sign-in of yours that is alive."""

    mark = f.Plain(description="Names it in addresses; opens nothing.")
    created_at = f.Moment(description="When you signed in, UTC.")
    last_seen_at = f.Moment(description="When it was last used, to five minutes, UTC.")
    expires_at = f.Moment(description="When it ends at the latest, UTC.")
    address = f.Plain(description="Network address it was made from.")
    agent = f.Plain(description="The browser that made it.")
    is_present = f.StrictBoolean(description="It is the one that asks.")


class SessionListSchema(Schema):
    """Your sign-ins."""

    items = f.List(
        f.Nested(SessionSchema, description="A sign-in."), description="The last used first."
    )


class TokenSchema(Schema):
    """An API token of yours, without the token itself."""

    id = f.Number(description="Number of the token.")
    name = f.Plain(description="What it is for.")
    scopes = f.List(
        f.Enum(TokenScope, description="A scope."), description="What it may do at most."
    )
    created_at = f.Moment(description="When it was made, UTC.")
    expires_at = f.Moment(allow_none=True, description="When it ends, UTC; null for never.")
    last_used_at = f.Moment(
        allow_none=True, description="When it was last used, to five minutes, UTC; null for never."
    )
    revoked_at = f.Moment(allow_none=True, description="When it was revoked, UTC; null if not.")
    is_expired = f.StrictBoolean(description="Its last day has passed.")


class TokenCreatedSchema(TokenSchema):
    """A new API token."""

    token = f.Plain(
        allow_none=True,
        description="The token itself, shown this once; null when the answer is a replay.",
    )


class TokenListSchema(Schema):
    """Your API tokens."""

    items = f.List(f.Nested(TokenSchema, description="A token."), description="The newest first.")
