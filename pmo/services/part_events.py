"""Events of what hangs on a card: who did it, on which card, and what it takes back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmo.domain.permissions import Actor
from pmo.queries import access
from pmo.services import journal


@dataclass(frozen=True, slots=True)
class Told:
    """Whose act the journal is told of, on which card. undoes_id: the event it takes back."""

    found: access.ProjectAccess
    task_id: int
    actor: Actor
    at: datetime
    undoes_id: int | None = None

    def append(self, kind: str, data: dict[str, Any]) -> int:
        """Append an event and return its id."""
        return journal.append(
            kind,
            actor=self.actor,
            at=self.at,
            project_id=self.found.project_id,
            task_id=self.task_id,
            data=data,
            undoes_id=self.undoes_id,
        )
