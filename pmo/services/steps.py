"""Steps of an act: what is to happen to one card."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pmo.services.task_fields import Wanted


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card goes: before another card, or to the end of a column."""

    column_id: int
    before_id: int | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Whether a card is in the archive, and which card it went on as."""

    archived_at: datetime | None
    successor_id: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Fields of a card to write. changes: [old, new] by name, as the journal keeps them."""

    values: Wanted
    changes: dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one card, and the event that tells it.

    data: of the event, beside what the writing itself adds. undoes_id: the event taken back.
    """

    task_id: int
    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)
    place: Place | None = None
    shelf: Shelf | None = None
    edit: Edit | None = None
    undoes_id: int | None = None
