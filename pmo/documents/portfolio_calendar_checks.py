"""What shape and types cannot tell of the production calendar of a portfolio file."""

from collections.abc import Iterator, Sequence
from typing import Any

from pmo.domain.workdays import FIRST_YEAR, LAST_YEAR, SETTABLE
from pmo.errors import Fault


def _(message: str) -> str:
    return message


TWICE = _("“{value}” stands here twice.")
OUT_OF_REACH = _("The production calendar goes from {first} to {last}.")
NO_KIND = _("A day cannot be made this.")


def faults(content: dict[str, Any]) -> Iterator[Fault]:
    """Yield days and years that stand twice, days out of reach, and kinds of no use."""
    days = content["calendar_days"]
    yield from _doubled([it["day"] for it in days], "calendar_days[{}].day")
    yield from _doubled(content["calendar_years"], "calendar_years[{}]")
    for index, part in enumerate(days):
        if not FIRST_YEAR <= part["day"].year <= LAST_YEAR:
            facts = {"first": FIRST_YEAR, "last": LAST_YEAR}
            yield Fault(f"calendar_days[{index}].day", OUT_OF_REACH, facts)
        if part["kind"] not in SETTABLE:
            yield Fault(f"calendar_days[{index}].kind", NO_KIND)


def _doubled(values: Sequence[Any], place: str) -> Iterator[Fault]:
    seen = set()
    for index, value in enumerate(values):
        if value in seen:
            yield Fault(place.format(index), TWICE, {"value": str(value)})
        seen.add(value)
