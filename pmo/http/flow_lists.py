"""The cards that a figure of flow is made of, with what the figure says of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pmo.domain.flow.figures import Figures, Tasks
from pmo.domain.flow_periods import FlowList
from pmo.http import formats
from pmo.http.wording import _, ngettext

Say = Callable[[int], str]
"""What a figure says of a card, by its number; only of the cards of a page it is asked."""


def nothing(_number: int) -> str:
    """Say nothing of a card."""
    return ""


@dataclass(frozen=True, slots=True)
class Behind:
    """Cards behind a figure. numbers: of cards. say: what of one of them. narrowed: to what."""

    numbers: Tasks
    say: Say = nothing
    narrowed: str = ""


def behind(figures: Figures, asked: Mapping[str, Any]) -> Behind:
    """Return the cards behind a figure other than the cumulative flow.

    asked: what `FlowTasksPageSchema` gives.
    """
    return LISTS[asked["figure"]](figures, asked)


def _wip(figures: Figures, _asked: Mapping[str, Any]) -> Behind:
    return Behind(figures.wip_tasks, _aged(figures), formats.day(figures.window.last_on))


def _finished(figures: Figures, asked: Mapping[str, Any]) -> Behind:
    window = figures.window
    first = asked["starts_on"] or asked["day"] or window.first_on
    last = asked["ends_on"] or asked["day"] or window.last_on
    numbers = [
        number
        for it in figures.throughput.days
        if first <= it.starts_on <= last
        for number in it.tasks
    ]
    return Behind(tuple(numbers), _taken(figures), _days(first, last))


def _level(figures: Figures, _asked: Mapping[str, Any]) -> Behind:
    return Behind(figures.level.tasks, _taken(figures))


def _blocked(figures: Figures, _asked: Mapping[str, Any]) -> Behind:
    found = {it.number: it for it in figures.blocked.cards}

    def say(number: int) -> str:
        it = found[number]
        told = ngettext("blocked on %(num)d day", "blocked on %(num)d days", it.days)
        return f"{told}: {'; '.join(it.reasons)}" if it.reasons else told

    return Behind(tuple(found), say)


def _cycle(figures: Figures, asked: Mapping[str, Any]) -> Behind:
    day, days = asked["day"], asked["days"]
    numbers = tuple(
        it.number
        for it in figures.cycle_times.cards
        if day in {None, it.finished_on} and days in {None, it.days}
    )
    return Behind(numbers, _taken(figures), _days(day, day) if day else "")


def _age_of_work(figures: Figures, asked: Mapping[str, Any]) -> Behind:
    place = asked["place"], asked["column"]
    found = [
        it
        for it in figures.ageing.cards
        if place in {("", ""), (it.board, it.column)} and asked["days"] in {None, it.age_days}
    ]
    return Behind(tuple(it.number for it in found), _aged(figures))


LISTS: Mapping[FlowList, Callable[[Figures, Mapping[str, Any]], Behind]] = {
    FlowList.WIP: _wip,
    FlowList.FINISHED: _finished,
    FlowList.LEVEL: _level,
    FlowList.BLOCKED: _blocked,
    FlowList.CYCLE: _cycle,
    FlowList.AGE: _age_of_work,
}


def _taken(figures: Figures) -> Say:
    """Say how long a finished card took; a card of the level may lie outside of the window."""
    cards = {it.number: it for it in figures.cycle_times.cards}

    def say(number: int) -> str:
        it = cards.get(number)
        if it is None:
            return ""
        days = ngettext("%(num)d day", "%(num)d days", it.days)
        return _("finished on %(day)s after %(days)s", day=formats.day(it.finished_on), days=days)

    return say


def _aged(figures: Figures) -> Say:
    """Say for how long a card is in work."""
    ages = {it.number: it.age_days for it in figures.ageing.cards}

    def say(number: int) -> str:
        days = ages.get(number, 0)
        return ngettext("in work for %(num)d day", "in work for %(num)d days", days) if days else ""

    return say


def _days(first: date, last: date) -> str:
    if first == last:
        return formats.day(first)
    return f"{formats.day(first)} – {formats.day(last)}"
