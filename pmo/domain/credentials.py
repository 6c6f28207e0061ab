"""Rules of passwords, tokens and logins; hashing of passwords is the service's."""

import hashlib
import re
from collections.abc import Collection, Iterable
from enum import StrEnum

PASSWORD_LENGTH_MIN = 10
PASSWORD_LENGTH_MAX = 128
TOKEN_PREFIX = "pmo_"  # noqa: S105 - a visible mark, so that a leaked token can be found
LOGIN_PATTERN = r"[a-z0-9][a-z0-9._-]{1,63}"

OWN_LETTERS_MIN = 8
"""How much of a password must be left when words about its owner are taken out."""

CONTEXT_WORD_MIN = 3


class Weakness(StrEnum):
    """Why a password cannot be taken."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    CONTEXT = "context"


def hash_of(token: str) -> str:
    """Return what is kept of a random token: it cannot be guessed, so a fast hash will do."""
    return hashlib.sha256(token.encode()).hexdigest()


def weakness_of(
    password: str, *, context: Iterable[str], common: Collection[str]
) -> Weakness | None:
    """Tell why the password is too weak, or None (OWASP ASVS 5.0, 6.2).

    No rules on its composition, and nothing is cut off. context: login, names, office.
    common: well-known passwords, lower case.
    """
    if len(password) < PASSWORD_LENGTH_MIN:
        return Weakness.SHORT
    if len(password) > PASSWORD_LENGTH_MAX:
        return Weakness.LONG
    if is_common(password.casefold(), common):
        return Weakness.COMMON
    if len(_without_context(password, context)) < OWN_LETTERS_MIN:
        return Weakness.CONTEXT
    return None


def is_common(password: str, common: Collection[str]) -> bool:
    """Tell whether it is a well-known password, also one written twice or with digits behind."""
    half = password[: len(password) // 2]
    if half * 2 == password and is_common(half, common):
        return True
    if len(set(password)) < 4:  # noqa: PLR2004 - aaaaaaaaaa, 1212121212
        return True
    return password in common or password.rstrip("0123456789!.") in common


def _without_context(password: str, context: Iterable[str]) -> str:
    left = password.casefold()
    words = {word for text in context for word in re.findall(r"\w+", text.casefold())}
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= CONTEXT_WORD_MIN:
            left = left.replace(word, "")
    return left
