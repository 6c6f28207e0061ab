"""Commands on API tokens: shown once, kept as a hash, limited in scope and time."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from pmo.db import transaction
from pmo.domain.credentials import TOKEN_PREFIX, hash_of
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import TokenScope
from pmo.errors import Invalid, NotFound, _
from pmo.models import ApiToken
from pmo.queries import access
from pmo.services import journal

MOST_TOKENS = 20


@dataclass(frozen=True, slots=True)
class Created:
    """A new token. token: to be shown now, it is kept nowhere."""

    token_id: int
    token: str


def create(
    name: str,
    *,
    scopes: Collection[TokenScope],
    expires_at: datetime | None,
    actor: Actor,
    at: datetime,
) -> Created:
    """Make a token for oneself. Raises Forbidden (by a token), Invalid."""
    access.require(actor, Capability.OWN_TOKENS)
    if expires_at is not None and expires_at <= at:
        raise Invalid({"expires_on": [_("This day has passed.")]})
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    with transaction():
        alive = (ApiToken.user == actor.user_id) & ApiToken.revoked_at.is_null()
        if ApiToken.select().where(alive).count() >= MOST_TOKENS:
            raise Invalid({"name": [_("You have 20 tokens; revoke one of them first.")]})
        row = ApiToken.create(
            user=actor.user_id,
            name=name,
            token_hash=hash_of(token),
            scopes=" ".join(sorted(scope.value for scope in scopes)),
            created_at=at,
            expires_at=expires_at,
        )
        data = {
            "name": name,
            "scopes": sorted(scope.value for scope in scopes),
            "expires_at": expires_at.isoformat() if expires_at else None,
        }
        journal.append("token.created", actor=actor, at=at, data=data)
    return Created(row.id, token)


def revoke(token_id: int, *, actor: Actor, at: datetime) -> None:
    """End one of one's own tokens at once. Raises NotFound, also for somebody else's."""
    access.require(actor, Capability.OWN_TOKENS)
    with transaction():
        own = (ApiToken.id == token_id) & (ApiToken.user == actor.user_id)
        token = ApiToken.get_or_none(own)
        if token is None:
            raise NotFound(kind="token")
        if token.revoked_at is None:
            ApiToken.update(revoked_at=at).where(ApiToken.id == token.id).execute()
            journal.append("token.revoked", actor=actor, at=at, data={"name": token.name})


def revoke_all(user_id: int, *, at: datetime) -> None:
    """End every token of a person; inside the transaction of the reason."""
    alive = (ApiToken.user == user_id) & ApiToken.revoked_at.is_null()
    ApiToken.update(revoked_at=at).where(alive).execute()


def used(token_hash: str, *, at: datetime) -> None:
    """Note that the token is in use; no change of anything, hence no event."""
    with transaction():
        ApiToken.update(last_used_at=at).where(ApiToken.token_hash == token_hash).execute()
