"""What a plan that moves to another academic year leaves to look at, as sentences for people."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pmo.domain.project_templates import Doubt, DoubtKind
from pmo.http import formats

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

HEADINGS = {
    DoubtKind.PERIOD_UNKNOWN: _l("Periods that are not understood stay as they are written"),
    DoubtKind.OUT_OF_RANGE: _l("Days that would leave the calendar stay as they are"),
    DoubtKind.LEAP_DAY: _l("29 February becomes the 28th"),
    DoubtKind.DAY_OFF: _l("Due dates on days off; they are not moved"),
    DoubtKind.NAMES_YEAR: _l("Names that speak of a year stay as they are"),
    DoubtKind.OVER_LIMIT: _l("Columns that get more cards than their limit"),
}


@dataclass(frozen=True, slots=True)
class DoubtGroup:
    """Doubts of one kind. lines: what each is about, and what becomes of it."""

    heading: str
    lines: tuple[tuple[str, str], ...]


def groups(doubts: Iterable[Doubt]) -> tuple[DoubtGroup, ...]:
    """Return the doubts by kind, in the order of the kinds."""
    found: dict[DoubtKind, list[Doubt]] = defaultdict(list)
    for doubt in doubts:
        found[doubt.kind].append(doubt)
    return tuple(
        DoubtGroup(str(HEADINGS[kind]), tuple((it.what, _line(it)) for it in found[kind]))
        for kind in DoubtKind
        if kind in found
    )


def _line(doubt: Doubt) -> str:
    if doubt.kind is DoubtKind.OVER_LIMIT:
        facts = {"count": doubt.becomes, "limit": doubt.was}
        return str(_("%(count)s cards, the limit is %(limit)s", **facts))
    if doubt.kind is DoubtKind.DAY_OFF:
        return _text(doubt.becomes)
    if doubt.kind is DoubtKind.LEAP_DAY:
        return f"{_text(doubt.was)} → {_text(doubt.becomes)}"
    return _text(doubt.was)


def _text(value: str) -> str:
    if not DAY.fullmatch(value):
        return value
    day = date.fromisoformat(value)
    return f"{formats.day(day)}, {formats.weekday(day)}"
