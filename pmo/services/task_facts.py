"""What the journal keeps of a task's beginning and of its way into a column."""

from typing import Any

from pmo.domain import done
from pmo.domain.done import Confirmed
from pmo.domain.wip import Overrun
from pmo.domain.wip_rules import Overload
from pmo.services import board_locks


def begun(*, weight: int, stage: str | None, blocked_reason: str | None) -> dict[str, Any]:
    """Tell with what a task begins, as far as figures over time need it. stage: its key."""
    return {
        "weight": weight,
        **({"stage": stage} if stage else {}),
        **({"blocked_reason": blocked_reason} if blocked_reason else {}),
    }


def confirmed_data(column: board_locks.LockedColumn, confirmed: Confirmed) -> dict[str, Any]:
    """Ask for the definition of done; return what the journal keeps of the answer."""
    asked = done.asked(column.meaning, column.definition_of_done)
    held = done.check(asked, confirmed, column=column.name)
    return {"confirmed": list(held)} if held else {}


def standing(side: str, column: board_locks.LockedColumn) -> dict[str, str]:
    """Describe a column for the journal, with values that outlive it."""
    return {
        side: column.key,
        f"{side}_meaning": column.meaning.value,
        f"{side}_name": column.name,
    }


def over(overrun: Overrun | None, overloads: tuple[Overload, ...] = ()) -> dict[str, Any]:
    """Tell of the soft limits that were passed."""
    told: dict[str, Any] = {}
    if overrun is not None:
        told["over_limit"] = {"limit": overrun.limit, "count": overrun.count}
    if overloads:
        told["overloads"] = [
            {"by": it.by.value, "of": it.key, "limit": it.limit, "count": it.count}
            for it in overloads
        ]
    return told
