"""Reads about people: who makes a request, lists of people, sessions and tokens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pmo.db import database, rows
from pmo.domain.permissions import OFFICE_READERS, Actor, Capability
from pmo.domain.vocabulary import Role, TokenScope
from pmo.errors import NotFound
from pmo.models import ApiToken, Session, User
from pmo.queries import access

SEEN_EVERY = timedelta(minutes=5)
"""How exactly it is known when a session or a token was last used; each time is a write."""

SESSION_SQL = """
SELECT u.id, u.login, u.name, u.role, u.language, u.must_change_password, s.last_seen_at < {0},
  (SELECT COUNT(*) FROM (
    SELECT 1 FROM notifications AS n WHERE n.user_id = u.id AND n.read_at IS NULL
    AND (u.role IN ({1}) OR EXISTS (
      SELECT 1 FROM memberships AS m WHERE m.user_id = u.id AND m.project_id = n.project_id))
    LIMIT 100) AS counted)
FROM sessions AS s JOIN users AS u ON u.id = s.user_id
WHERE s.token_hash = {0} AND s.expires_at > {0} AND s.last_seen_at > {0} AND u.is_active
"""

READERS = ", ".join(f"'{role.value}'" for role in OFFICE_READERS)

TOKEN_SQL = """
SELECT u.id, u.login, u.name, u.role, u.language, t.scopes,
       t.last_used_at IS NULL OR t.last_used_at < {0}, t.id
FROM api_tokens AS t JOIN users AS u ON u.id = t.user_id
WHERE t.token_hash = {0} AND (t.expires_at IS NULL OR t.expires_at > {0})
  AND t.revoked_at IS NULL AND u.is_active
"""  # noqa: S105 - a statement


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who makes a request. session: the hash of its token, None for an API token.

    unread: notifications of projects that they may see, at most 100; 0 for an API token.
    """

    actor: Actor
    language: str
    must_change_password: bool
    is_seen_long_ago: bool
    session: str | None
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """A person as lists and pickers name them."""

    id: int
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class UserView:
    """An account as its administrator sees it."""

    id: int
    login: str
    name: str
    position: str
    role: Role
    is_active: bool
    is_demo: bool
    must_change_password: bool
    created_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of accounts. number: from 1. total: of all pages."""

    users: tuple[UserView, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """A person's own account. language: '' follows the browser."""

    login: str
    name: str
    position: str
    role: Role
    language: str
    must_change_password: bool


@dataclass(frozen=True, slots=True)
class SessionView:
    """A sign-in of one's own that is alive. mark: names it in addresses, opens nothing."""

    mark: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    address: str
    agent: str
    is_present: bool


@dataclass(frozen=True, slots=True)
class TokenView:
    """An API token of one's own, without the token."""

    id: int
    name: str
    scopes: tuple[TokenScope, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
    is_expired: bool


MARK_LENGTH = 16


def visitor_by_session(token_hash: str, *, at: datetime, idle: timedelta) -> Visitor | None:
    """Return who signed in with this token; None if that has ended in any way.

    Every request asks this: one statement, read as a row (no model, no query to build).
    """
    row = database.execute_sql(
        SESSION_SQL.format(database.param, READERS),
        (_moment(at - SEEN_EVERY), token_hash, _moment(at), _moment(at - idle)),
    ).fetchone()
    if row is None:
        return None
    user_id, login, name, role, language, must_change, seen_long_ago, unread = row
    actor = Actor(user_id, login, name, Role(role))
    return Visitor(actor, language, bool(must_change), bool(seen_long_ago), token_hash, unread)


def visitor_by_token(token_hash: str, *, at: datetime) -> Visitor | None:
    """Return who acts with this API token; None if it is not good (any more)."""
    row = database.execute_sql(
        TOKEN_SQL.format(database.param), (_moment(at - SEEN_EVERY), token_hash, _moment(at))
    ).fetchone()
    if row is None:
        return None
    user_id, login, name, role, language, scopes, used_long_ago, _ = row
    actor = Actor(user_id, login, name, Role(role), frozenset(map(TokenScope, scopes.split())))
    return Visitor(actor, language, False, bool(used_long_ago), None)


def people() -> tuple[Person, ...]:
    """Return everybody who can be given work: active accounts by name."""
    found = rows(User.select(User.id, User.login, User.name).where(User.is_active))
    return tuple(sorted((Person(*row) for row in found), key=lambda person: person.name.casefold()))


def users(actor: Actor, *, search: str = "", number: int = 1, size: int = 50) -> Page:
    """Return a page of all accounts, active ones first, by name; search in any case of letters.

    Raises Forbidden. An office has hundreds of accounts: they are searched in memory, because
    SQLite cannot fold Cyrillic.
    """
    access.require(actor, Capability.USERS_MANAGE)
    wanted = search.casefold().split()
    found = [user for user in _users() if all(word in _text_of(user) for word in wanted)]
    found.sort(key=lambda user: (not user.is_active, user.name.casefold(), user.id))
    pages = max(1, -(-len(found) // size))
    number = min(max(1, number), pages)
    shown = found[(number - 1) * size : number * size]
    return Page(tuple(shown), number, pages, len(found))


def user(user_id: int, actor: Actor) -> UserView:
    """Return one account. Raises Forbidden, NotFound."""
    access.require(actor, Capability.USERS_MANAGE)
    for found in _users(User.id == user_id):
        return found
    raise NotFound(kind="user")


def own(actor: Actor) -> OwnAccount:
    """Return the actor's own account."""
    query = User.select(
        User.login,
        User.name,
        User.position,
        User.role,
        User.language,
        User.must_change_password,
    ).where(User.id == actor.user_id)
    [row] = rows(query)
    return OwnAccount(*row)


def sessions(actor: Actor, *, present: str | None, at: datetime) -> tuple[SessionView, ...]:
    """Return the actor's sign-ins that are alive, the last used first.

    present: the hash of the token of the session that asks.
    """
    found = (
        Session.select()
        .where((Session.user == actor.user_id) & (Session.expires_at > at))
        .order_by(Session.last_seen_at.desc(), Session.token_hash)
    )
    return tuple(
        SessionView(
            mark=row.token_hash[:MARK_LENGTH],
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            expires_at=row.expires_at,
            address=row.address,
            agent=row.agent,
            is_present=row.token_hash == present,
        )
        for row in found
    )


def tokens(actor: Actor, *, at: datetime) -> tuple[TokenView, ...]:
    """Return the actor's API tokens, the newest first."""
    found = ApiToken.select().where(ApiToken.user == actor.user_id).order_by(ApiToken.id.desc())
    return tuple(
        TokenView(
            id=row.id,
            name=row.name,
            scopes=tuple(map(TokenScope, row.scopes.split())),
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
            revoked_at=row.revoked_at,
            is_expired=row.expires_at is not None and row.expires_at <= at,
        )
        for row in found
    )


def _users(*conditions: object) -> Iterable[UserView]:
    query = User.select(
        User.id,
        User.login,
        User.name,
        User.position,
        User.role,
        User.is_active,
        User.is_demo,
        User.must_change_password,
        User.created_at,
        User.version,
    )
    if conditions:
        query = query.where(*conditions)
    return (UserView(*row) for row in rows(query))


def _text_of(user: UserView) -> str:
    return f"{user.login} {user.name} {user.position}".casefold()


def _moment(at: datetime) -> object:
    return Session.expires_at.db_value(at)
