"""References inside the rules of a board of a portfolio file."""

from collections.abc import Iterator, Set
from typing import Any

from pmo.domain.vocabulary import MemberRole
from pmo.errors import Fault

Content = dict[str, Any]


def _(message: str) -> str:
    return message


TWICE = _("“{value}” stands here twice.")
NO_COLUMN = _("The board has no column “{value}”.")
NO_MOVE = _("A move leads to another column.")
NO_MOVER = _("An observer moves no cards.")


def faults(place: str, board: Content, columns: Set[str]) -> Iterator[Fault]:
    """Yield what is wrong with the rules of a board. columns: its keys."""
    ways: set[tuple[Any, Any]] = set()
    for index, rule in enumerate(board["move_rules"]):
        inner = f"{place}.move_rules[{index}]"
        way = rule["from"], rule["to"]
        for name, key in zip(("from", "to"), way, strict=True):
            if key is not None and key not in columns:
                yield Fault(f"{inner}.{name}", NO_COLUMN, {"value": key})
        if way[0] is not None and way[0] == way[1]:
            yield Fault(f"{inner}.to", NO_MOVE)
        if way in ways:
            yield Fault(f"{inner}.to", TWICE, {"value": way[1] or ""})
        if rule["least_role"] is MemberRole.OBSERVER:
            yield Fault(f"{inner}.least_role", NO_MOVER)
        ways.add(way)
