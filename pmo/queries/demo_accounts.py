"""Which accounts anybody may use, and whether there are others."""

from pmo.db import rows
from pmo.models import User


def logins() -> set[str]:
    """Return the logins of demo accounts that can sign in."""
    demo = User.is_demo & User.is_active & (User.password_hash != "")
    return {login for (login,) in rows(User.select(User.login).where(demo))}


def is_anybody_here() -> bool:
    """Tell whether there is any account at all."""
    return bool(User.select().exists())
