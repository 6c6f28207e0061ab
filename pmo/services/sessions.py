"""Commands on sign-ins: begin, keep alive, end; failed ones are counted and slowed down."""

import ipaddress
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from pmo.db import locked, rows, take_turns, transaction
from pmo.domain.credentials import hash_of
from pmo.domain.permissions import Actor
from pmo.errors import NotFound, SignInFailed, TooManyAttempts
from pmo.models import Session, SignInAttempt, User
from pmo.queries.accounts import MARK_LENGTH
from pmo.services import journal, passwords

WINDOW = timedelta(minutes=15)
ATTEMPTS_PER_LOGIN_AND_SOURCE = 6
ATTEMPTS_PER_SOURCE = 60
"""An office shares one address behind its router: its people must not lock one another out."""

TURN = 0x7369676E
"""Key of the lock that lets one attempt be counted at a time."""

log = logging.getLogger("pmo.security")


@dataclass(frozen=True, slots=True)
class Entry:
    """How a sign-in comes: the client's address, what its browser is, how long it lasts."""

    address: str
    agent: str
    lifetime: timedelta


@dataclass(frozen=True, slots=True)
class Started:
    """A sign-in that began. token: for the cookie, kept nowhere."""

    user_id: int
    token: str
    expires_at: datetime


def start(login: str, *, password: str, entry: Entry, at: datetime) -> Started:
    """Sign a person in. Raises SignInFailed, TooManyAttempts.

    The attempt is counted, and committed, before the password is looked at: many at once
    cannot slip past the limit, and no later fault takes the count back.
    """
    login = login.strip().lower()[:64]
    source = _source_of(entry.address)
    count_attempt(login, entry=entry, at=at)
    user = User.get_or_none(User.login == login)
    if not passwords.matches(_hash_to_match(user, at), password) or user is None:
        _note_failure(user, source, at)
        raise SignInFailed
    with transaction():
        if not _still_same(user):
            raise SignInFailed
        forget_attempts(login, entry=entry, at=at)
        if passwords.is_outdated(user.password_hash):
            fresh = passwords.hash_of(password)
            User.update(password_hash=fresh).where(User.id == user.id).execute()
        started = begin(user.id, entry=entry, at=at)
        journal.append("account.signed_in", actor=_actor(user), at=at, data={"login": login})
    return started


def begin(user_id: int, *, entry: Entry, at: datetime) -> Started:
    """Make a session for a person whose right to it was checked; inside a transaction."""
    token = secrets.token_urlsafe(32)
    Session.delete().where(Session.expires_at <= at).execute()
    session = Session.create(
        token_hash=hash_of(token),
        user=user_id,
        created_at=at,
        last_seen_at=at,
        expires_at=at + entry.lifetime,
        address=entry.address[:64],
        agent=entry.agent[:200],
    )
    return Started(user_id, token, session.expires_at)


def seen(token_hash: str, *, at: datetime) -> None:
    """Note that the session is in use; no change of anything, hence no event."""
    with transaction():
        Session.update(last_seen_at=at).where(Session.token_hash == token_hash).execute()


def end(token_hash: str, *, actor: Actor, at: datetime) -> None:
    """Sign out: the token opens nothing from now on."""
    with transaction():
        same = (Session.token_hash == token_hash) & (Session.user == actor.user_id)
        if Session.delete().where(same).execute():
            data = {"login": actor.login}
            journal.append("account.signed_out", actor=actor, at=at, data=data)


def end_by_mark(mark: str, *, actor: Actor, at: datetime) -> None:
    """End one of the actor's own sessions. Raises NotFound, also for somebody else's."""
    with transaction():
        own = rows(Session.select(Session.token_hash).where(Session.user == actor.user_id))
        named = [token_hash for (token_hash,) in own if token_hash[:MARK_LENGTH] == mark]
        if not named:
            raise NotFound(kind="session")
        Session.delete().where(Session.token_hash.in_(named)).execute()
        data = {"login": actor.login}
        journal.append("account.signed_out", actor=actor, at=at, data=data)


def end_all(user_id: int) -> None:
    """End every session of a person; inside the transaction of the reason."""
    Session.delete().where(Session.user == user_id).execute()


def count_attempt(login: str, *, entry: Entry, at: datetime) -> None:
    """Count an attempt to say a person's password. Raises TooManyAttempts.

    In a transaction of its own, so that nothing takes it back but `forget_attempts`.
    """
    source = _source_of(entry.address)
    with transaction():
        take_turns(TURN)
        SignInAttempt.delete().where(SignInAttempt.at <= at - WINDOW).execute()
        by_source = SignInAttempt.source == source
        _refuse_over(ATTEMPTS_PER_LOGIN_AND_SOURCE, at, by_source & (SignInAttempt.login == login))
        _refuse_over(ATTEMPTS_PER_SOURCE, at, by_source)
        SignInAttempt.create(login=login, source=source, at=at)


def forget_attempts(login: str, *, entry: Entry, at: datetime) -> None:
    """Take back what was counted: the password was right; inside a transaction."""
    source = _source_of(entry.address)
    same = (SignInAttempt.login == login) & (SignInAttempt.source == source)
    SignInAttempt.delete().where(same & (SignInAttempt.at <= at)).execute()


def _refuse_over(limit: int, at: datetime, same: object) -> None:
    query = SignInAttempt.select(SignInAttempt.at).where(same).order_by(SignInAttempt.at.desc())
    moments = [row.at for row in query.limit(limit)]
    if len(moments) == limit:
        wait = moments[-1] + WINDOW - at
        log.warning("sign-in throttled")
        raise TooManyAttempts(seconds=max(1, round(wait.total_seconds())))


def _hash_to_match(user: User | None, at: datetime) -> str:
    """Return what the password is held against; '' where nobody may enter."""
    if user is None or not user.is_active:
        return ""
    if user.password_expires_at is not None and user.password_expires_at <= at:
        return ""
    return str(user.password_hash)


def _still_same(user: User) -> bool:
    """Tell whether the account was neither disabled nor changed while its password was hashed.

    Locks it: whoever disables it now finds the new session and ends it.
    """
    same = (User.id == user.id) & User.is_active & (User.password_hash == user.password_hash)
    return locked(User.select().where(same)).first() is not None


def _note_failure(user: User | None, source: str, at: datetime) -> None:
    """Journal a failed sign-in to a known account; an unknown login may be a password."""
    log.warning("sign-in failed source=%s known=%s", source, user is not None)
    if user is None:
        return
    with transaction():
        data = {"login": user.login, "source": source}
        journal.append("account.sign_in_failed", actor=None, at=at, data=data)


def _source_of(address: str) -> str:
    """Return what is counted: the address, for IPv6 the network that one customer gets."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _actor(user: User) -> Actor:
    return Actor(user.id, user.login, user.name, user.role)
