"""Commands on accounts: made, edited, disabled and enabled; passwords and language."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import peewee as pw

from pmo.db import locked, rows, transaction
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import Role
from pmo.errors import AlreadyTaken, Invalid, LastAdministrator, NotFound, _
from pmo.models import Task, TaskAssignee, User
from pmo.queries import access
from pmo.services import board_locks, journal, passwords, sessions, tokens, versions

INITIAL_PASSWORD_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Profile:
    """What an account says of its person."""

    name: str
    position: str
    role: Role


@dataclass(frozen=True, slots=True)
class InitialPassword:
    """An account with a password to be handed over; it is kept nowhere and soon expires."""

    user_id: int
    password: str
    expires_at: datetime


def create(login: str, *, profile: Profile, actor: Actor | None, at: datetime) -> InitialPassword:
    """Make an account with an initial password, to be changed at the first sign-in.

    actor: None on the command line, whose user owns the database anyway.
    Raises Forbidden, AlreadyTaken(field="login").
    """
    _require(actor)
    password = passwords.initial()
    password_hash = passwords.hash_of(password)
    expires_at = at + INITIAL_PASSWORD_LASTS
    with transaction():
        user_id = add(login, profile=profile, password_hash=password_hash, actor=actor, at=at)
        User.update(must_change_password=True, password_expires_at=expires_at).where(
            User.id == user_id
        ).execute()
    return InitialPassword(user_id, password, expires_at)


def add(
    login: str, *, profile: Profile, password_hash: str, actor: Actor | None, at: datetime
) -> int:
    """Make an account whose password was hashed already ('' cannot sign in); return its id.

    For the command line, imports and the demo. Raises AlreadyTaken(field="login").
    """
    login = login.lower()
    with transaction():
        user = _created(login, profile, password_hash, at)
        data = {"login": login, "name": profile.name, "role": profile.role.value}
        journal.append("account.created", actor=actor, at=at, data=data)
    return int(user.id)


def edit(
    user_id: int,
    *,
    profile: Profile,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Change name, position and office role.

    Raises Forbidden, NotFound, StaleVersion, LastAdministrator.
    """
    access.require(actor, Capability.USERS_MANAGE)
    with transaction():
        user = _user_locked(user_id)
        if profile.role is not Role.ADMINISTRATOR:
            _keep_an_administrator(user)
        values = {"name": profile.name, "position": profile.position, "role": profile.role}
        changes = versions.write(user, values, expected_version)
        if not changes:
            return
        if "name" in changes:
            _redraw_boards_of(user.id)
        data = {
            "login": user.login,
            "changes": {
                name: [getattr(old, "value", old), getattr(new, "value", new)]
                for name, (old, new) in changes.items()
            },
        }
        journal.append("account.edited", actor=actor, at=at, data=data)


def change(
    user_id: int,
    *,
    profile: Profile,
    is_active: bool,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Edit an account and let its person in or shut them out, as one change.

    Raises Forbidden, NotFound, StaleVersion, LastAdministrator.
    """
    with transaction():
        edit(user_id, profile=profile, expected_version=expected_version, actor=actor, at=at)
        (enable if is_active else disable)(user_id, actor=actor, at=at)


def disable(user_id: int, *, actor: Actor, at: datetime) -> None:
    """Shut a person out at once: sign-ins and tokens end; what they did stays.

    Raises Forbidden, NotFound, LastAdministrator.
    """
    access.require(actor, Capability.USERS_MANAGE)
    with transaction():
        user = _user_locked(user_id)
        if not user.is_active:
            return
        _keep_an_administrator(user)
        _set_active(user, active=False)
        sessions.end_all(user.id)
        tokens.revoke_all(user.id, at=at)
        journal.append("account.disabled", actor=actor, at=at, data={"login": user.login})


def enable(user_id: int, *, actor: Actor, at: datetime) -> None:
    """Let a disabled person in again; their tokens stay revoked. Raises Forbidden, NotFound."""
    access.require(actor, Capability.USERS_MANAGE)
    with transaction():
        user = _user_locked(user_id)
        if user.is_active:
            return
        _set_active(user, active=True)
        journal.append("account.enabled", actor=actor, at=at, data={"login": user.login})


def reset_password(user_id: int, *, actor: Actor | None, at: datetime) -> InitialPassword:
    """Give a person a new initial password; sign-ins and tokens end. Raises Forbidden, NotFound."""
    _require(actor)
    password = passwords.initial()
    password_hash = passwords.hash_of(password)
    expires_at = at + INITIAL_PASSWORD_LASTS
    with transaction():
        user = _user_locked(user_id)
        User.update(
            password_hash=password_hash,
            must_change_password=True,
            password_expires_at=expires_at,
        ).where(User.id == user.id).execute()
        sessions.end_all(user.id)
        tokens.revoke_all(user.id, at=at)
        data = {"login": user.login, "by": "administrator"}
        journal.append("account.password_changed", actor=actor, at=at, data=data)
    return InitialPassword(user.id, password, expires_at)


def change_password(
    current_password: str,
    *,
    new_password: str,
    office_name: str,
    entry: sessions.Entry,
    actor: Actor,
    at: datetime,
) -> sessions.Started:
    """Change one's own password: every sign-in of the person ends, and a new one begins here.

    Raises Forbidden (by a token), Invalid(current_password | new_password), TooManyAttempts:
    whoever found an open browser may not guess the password in it.
    """
    access.require(actor, Capability.OWN_ACCOUNT)
    user = User.get_by_id(actor.user_id)
    sessions.count_attempt(user.login, entry=entry, at=at)
    if not passwords.matches(user.password_hash, current_password):
        raise Invalid({"current_password": [_("This is not your present password.")]})
    with transaction():
        sessions.forget_attempts(user.login, entry=entry, at=at)
    if new_password == current_password:
        raise Invalid({"new_password": [_("Choose a password other than the present one.")]})
    passwords.check(new_password, context=(user.login, user.name, office_name))
    password_hash = passwords.hash_of(new_password)
    with transaction():
        same = (User.id == user.id) & (User.password_hash == user.password_hash)
        written = User.update(
            password_hash=password_hash, must_change_password=False, password_expires_at=None
        ).where(same & User.is_active)
        if not written.execute():
            raise Invalid({"current_password": [_("This is not your present password.")]})
        sessions.end_all(user.id)
        data = {"login": user.login, "by": "self"}
        journal.append("account.password_changed", actor=actor, at=at, data=data)
        return sessions.begin(user.id, entry=entry, at=at)


def set_language(language: str, *, actor: Actor, at: datetime) -> None:
    """Choose the language one is spoken to; '' follows the browser."""
    access.require(actor, Capability.OWN_ACCOUNT)
    with transaction():
        changed = (User.id == actor.user_id) & (User.language != language)
        if User.update(language=language).where(changed).execute():
            data = {"login": actor.login, "language": language}
            journal.append("account.edited", actor=actor, at=at, data=data)


def _created(login: str, profile: Profile, password_hash: str, at: datetime) -> User:
    try:
        with transaction():
            return User.create(
                login=login,
                name=profile.name,
                position=profile.position,
                role=profile.role,
                password_hash=password_hash,
                created_at=at,
            )
    except pw.IntegrityError as error:
        raise AlreadyTaken(field="login") from error


def _require(actor: Actor | None) -> None:
    if actor is not None:
        access.require(actor, Capability.USERS_MANAGE)


def _user_locked(user_id: int) -> User:
    """Lock the account, and all administrators: who is the last of them must stay true."""
    wanted = (User.id == user_id) | (User.role == Role.ADMINISTRATOR)
    for user in locked(User.select().where(wanted).order_by(User.id)):
        if user.id == user_id:
            return user
    raise NotFound(kind="user")


def _keep_an_administrator(user: User) -> None:
    if user.role is not Role.ADMINISTRATOR or not user.is_active:
        return
    others = User.select().where(
        (User.role == Role.ADMINISTRATOR) & User.is_active & (User.id != user.id)
    )
    if not others.exists():
        raise LastAdministrator


def _set_active(user: User, *, active: bool) -> None:
    User.update(is_active=active, version=User.version + 1).where(User.id == user.id).execute()


def _redraw_boards_of(user_id: int) -> None:
    """Raise the revision of every board that names the person."""
    named = (
        Task.select(Task.project)
        .join(TaskAssignee, on=(TaskAssignee.task == Task.id))
        .where(TaskAssignee.user == user_id)
        .distinct()
    )
    for (project_id,) in rows(named):
        board_locks.touch(project_id)
