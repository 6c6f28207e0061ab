"""What the registry of projects can be asked for: the closed lists of its filters and orders."""

from dataclasses import dataclass
from typing import Final

from pmo.domain.vocabulary import Gate

SORTS: Final = ("code", "name", "gate", "lead", "progress", "overdue")
"""Names to sort by; a minus before one turns its order round."""

ORDERS: Final = (*SORTS, *(f"-{name}" for name in SORTS))
PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class RegistryFilters:
    """Which projects are asked for; what is empty does not filter.

    search: words that name and code must all have. stage: name of the present stage.
    mine: those that the actor is a member of.
    """

    search: str = ""
    gate: Gate | None = None
    stage: str = ""
    lead_id: int | None = None
    strategic_project_id: int | None = None
    mine: bool = False


NO_FILTERS: Final = RegistryFilters()
