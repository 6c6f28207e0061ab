"""Work that a request leaves to others: sent once its transaction is safe, done in the background.

Who carries it is told at start (`carry_by`); where nobody is, in tests and on the command line, it
is done at once. An errand is a message, not a promise: one that a crash loses, or that failed to
the end, must be found and done by a job of the clock. `clockwork.ERRANDS` lists what can be sent.
"""

import logging
from collections.abc import Callable
from typing import Any

from pmo import db

Errand = Callable[..., None]
"""Takes what JSON knows, opens its own transactions, and does nothing twice."""

Carrier = Callable[[str, dict[str, Any]], None]
"""Gets the name of an errand and its arguments."""

log = logging.getLogger("pmo.errands")

_carriers: list[Carrier] = []


def send(errand: Errand, **facts: Any) -> None:
    """Have an errand done soon: after the commit if there is a transaction. Never raises."""
    if db.database.in_transaction():
        db.after_commit(lambda: _hand_over(errand, facts))
    else:
        _hand_over(errand, facts)


def _hand_over(errand: Errand, facts: dict[str, Any]) -> None:
    try:
        if _carriers:
            _carriers[0](name_of(errand), facts)
        else:
            errand(**facts)
    except Exception:  # whoever sends it has had their way already
        log.exception("errand not sent name=%s", name_of(errand))


def name_of(errand: Callable[..., None]) -> str:
    """Return the name under which something is known in the background."""
    return f"{errand.__module__.rpartition('.')[2]}.{errand.__name__}"


def carry_by(carrier: Carrier | None) -> None:
    """Have a carrier bring errands to the background; None: they are done at once."""
    _carriers[:] = [carrier] if carrier else []
