"""Cumulative flow: how many cards had ever reached each step, or a later one, by each day."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo
from itertools import accumulate

from pmo.domain.flow.days import end_of, on, span
from pmo.domain.flow.figures import CumulativeDay, CumulativeFlow, FlowStep, Tasks, Window
from pmo.domain.flow.lives import DONE, CardLife, Lives, Spell
from pmo.domain.vocabulary import ColumnMeaning

CANCELLED = FlowStep("cancelled", "", None)
MEANINGS = tuple(FlowStep(it.value, "", it) for it in ColumnMeaning if it is not DONE)

Place = Callable[[Spell], int | None]
"""The index of the step that standing somewhere has reached; None for a place of another board."""


class Steps:
    """Steps of a flow in order, and which of them a card had reached when.

    columns: of a board from left to right, with keys, names and meanings; none for the meanings
    of all boards. Columns that mean done come last wherever they stand, behind `cancelled`.
    """

    def __init__(self, board: str = "", columns: Sequence[FlowStep] = ()) -> None:
        self.board = board
        before = [it for it in columns if it.meaning is not DONE] if board else [*MEANINGS]
        done = [it for it in columns if it.meaning is DONE] if board else []
        self.left = len(before)
        """The index of `cancelled`: what has reached it has left, done or not."""
        self.steps = (*before, CANCELLED, *(done or [FlowStep(DONE.value, "", DONE)]))
        self._places = {it.key: index for index, it in enumerate(self.steps)}

    def reached(self, life: CardLife, as_of: datetime, zone: tzinfo) -> list[date | None]:
        """Return on which day a card first reached each step or a later one, as known then."""
        days: list[date | None] = [None] * len(self.steps)
        seen = False
        for spell in life.spells:
            if spell.since > as_of:
                break
            if not self.board or spell.board == self.board:
                seen = True
                place = self._place(spell)
            elif seen:
                place = self.left
            else:
                continue
            if days[place] is None:
                days[place] = on(spell.since, zone)
        if seen and (left := _cancelled_on(life, as_of, zone)) is not None:
            days[self.left] = min(left, days[self.left] or left)
        for index in reversed(range(len(days) - 1)):
            days[index] = _earlier(days[index], days[index + 1])
        return days

    def _place(self, spell: Spell) -> int:
        """Return the index of a place; a column that is gone counts as the first of its meaning."""
        if self.board and spell.column in self._places:
            index = self._places[spell.column]
            if (self.steps[index].meaning is DONE) == (spell.meaning is DONE):
                return index
        if spell.meaning is DONE:
            return self.left + 1
        alike = (i for i, it in enumerate(self.steps[: self.left]) if it.meaning is spell.meaning)
        return next(alike, 0)


def of(lives: Lives, window: Window, zone: tzinfo, steps: Steps | None = None) -> CumulativeFlow:
    """Return the lines over the window. steps: the meanings of all boards without them."""
    steps = steps or Steps()
    first = window.first_on.toordinal()
    grew = [[0] * window.days for _step in steps.steps]
    for life in lives.values():
        for index, day in enumerate(steps.reached(life, window.as_of, zone)):
            if day is not None and day <= window.last_on:
                grew[index][max(day.toordinal() - first, 0)] += 1
    lines = [list(accumulate(line)) for line in grew]
    days, by_day = span(window.first_on, window.last_on), zip(*lines, strict=True)
    return CumulativeFlow(
        steps.board,
        steps.steps,
        tuple(CumulativeDay(day, reached) for day, reached in zip(days, by_day, strict=True)),
    )


def between(
    lives: Lives, as_of: datetime, zone: tzinfo, *, steps: Steps, key: str, day: date
) -> Tasks:
    """Return the cards between a step and the next one at the end of a day: a band of the chart."""
    index = [it.key for it in steps.steps].index(key)
    found = []
    for number, life in lives.items():
        reached = steps.reached(life, as_of, zone)
        after = reached[index + 1] if index + 1 < len(reached) else None
        here = reached[index]
        if here is not None and here <= day and (after is None or after > day):
            found.append(number)
    return tuple(sorted(found))


def _cancelled_on(life: CardLife, as_of: datetime, zone: tzinfo) -> date | None:
    """Return the first day at whose end a card was away undone: an undo at once counts nothing."""
    for away in life.away:
        if away.since > as_of:
            break
        day = on(away.since, zone)
        ends = min(end_of(day, zone), as_of)
        if (away.until is None or away.until > ends) and life.finished_at(ends) is None:
            return day
    return None


def _earlier(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return min(one, other)
