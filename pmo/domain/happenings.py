"""An event as those see it who act on it at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmo.domain.permissions import Actor


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that was just appended to the journal; data as `docs/journal.md` says.

    is_undo: it takes an earlier one back. is_quiet: nobody is notified of it.
    """

    event_id: int
    kind: str
    actor: Actor | None
    at: datetime
    project_id: int | None
    task_id: int | None
    data: dict[str, Any]
    is_undo: bool = False
    is_quiet: bool = False
