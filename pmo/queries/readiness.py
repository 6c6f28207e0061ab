"""Whether the database can do its work now."""

import peewee as pw

from pmo.db import connection, database, transaction
from pmo.models import SignInAttempt


def fault() -> str | None:
    """Try to write, and take it back; return what went wrong, or None."""
    try:
        if database.is_closed():
            with connection():
                _try_to_write()
        else:
            _try_to_write()
    except (pw.PeeweeException, OSError) as error:
        return f"{type(error).__name__}: {error}"
    return None


def _try_to_write() -> None:
    with transaction() as _:
        SignInAttempt.delete().where(SignInAttempt.id == 0).execute()
