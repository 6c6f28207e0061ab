"""Hashing, checking and judging of passwords."""

import secrets
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from pmo.domain.credentials import Weakness, weakness_of
from pmo.errors import Invalid, _

hasher = PasswordHasher(time_cost=3, memory_cost=24 * 1024, parallelism=1)
"""Argon2id, above the least that OWASP asks for (19 MiB, two passes)."""

AT_ONCE = BoundedSemaphore(2)
"""A flood of sign-ins may not take all memory: each hash holds 24 MiB for its time."""

INITIAL_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letters that look alike: the password is read from paper."""

SENTENCES = {
    Weakness.SHORT: _("Use at least 10 characters."),
    Weakness.LONG: _("Use at most 128 characters."),
    Weakness.COMMON: _("This password is too well known; choose another one."),
    Weakness.CONTEXT: _("The password must not be made of your name, login or office."),
}


def hash_of(password: str) -> str:
    """Return the salted hash to keep."""
    with AT_ONCE:
        return hasher.hash(password)


def matches(kept: str, password: str) -> bool:
    """Tell whether the password is the one whose hash was kept.

    With nothing kept the same work is done, so that the time tells nothing.
    """
    with AT_ONCE:
        try:
            hasher.verify(kept or _nobodys_hash(hasher), password)
        except (VerifyMismatchError, InvalidHashError):
            return False
    return bool(kept)


def is_outdated(kept: str) -> bool:
    """Tell whether the hash was made with other parameters than today's."""
    return hasher.check_needs_rehash(kept)


def check(password: str, *, context: Iterable[str], field: str = "new_password") -> None:
    """Refuse a weak password: raises Invalid for the field. context: words about its owner."""
    weakness = weakness_of(password, context=context, common=common())
    if weakness is not None:
        raise Invalid({field: [SENTENCES[weakness]]})


def initial() -> str:
    """Return a random password for a new account: four groups, 79 bits."""
    groups = ("".join(secrets.choice(INITIAL_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


@cache
def common() -> frozenset[str]:
    """Return well-known passwords, lower case."""
    path = Path(__file__).with_name("common_passwords.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("# "))


@cache
def _nobodys_hash(like: PasswordHasher) -> str:
    return like.hash(secrets.token_urlsafe())
