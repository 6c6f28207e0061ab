"""Accounts that anybody may use, made when the demo is asked for and never else."""

from collections.abc import Mapping
from datetime import datetime

from pmo.db import rows, transaction
from pmo.domain.vocabulary import Role
from pmo.models import User
from pmo.services import accounts


def open_to_all(sign_ins: Mapping[str, Role], *, password_hash: str, at: datetime) -> None:
    """Open an account for each login with the shared password; missing ones are made.

    An account that has a password of its own already is left alone: it is somebody's.
    """
    with transaction():
        known = dict(rows(User.select(User.login, User.password_hash)))
        for login, role in sign_ins.items():
            if login not in known:
                profile = accounts.Profile(name=login, position="", role=role)
                accounts.add(login, profile=profile, password_hash="", actor=None, at=at)
            if not known.get(login):
                values = {User.password_hash: password_hash, User.is_demo: True, User.role: role}
                User.update(values).where(User.login == login).execute()
