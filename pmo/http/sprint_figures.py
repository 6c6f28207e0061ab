"""The figures of sprints for pages: burndown, burn-up, velocity, each with words and a table.

How to use them: make a `BurnDay` for every working day of the sprint, and for a day off on which
something happened, with `ideal` for all and the rest for those that have come; or a `SprintBar` for
every closed sprint. Give what these functions return to `templates/charts/_figure.html`. `href` is
the path of the page with the cards behind a point; `words` may stay empty, they are written here.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from pmo.charts import sprints
from pmo.charts.sprints import BurnDay, BurnWords, SprintBar, VelocityWords
from pmo.http import charts, formats
from pmo.http.charts import Cell, Figure
from pmo.http.wording import _, ngettext

LAST = 5
"""Closed sprints that velocity is taken from; `FEWEST` at least."""

FEWEST = 3
NEARLY = 1e-9


def burndown(days: Sequence[BurnDay]) -> Figure:
    """Return what is left of a sprint, day by day, beside the plan."""
    title = _("Burndown")
    told = [replace(it, words=it.words or _remaining_words(it)) for it in days]
    return Figure(
        key="burndown",
        title=title,
        summary=_burndown_summary(told),
        drawing=charts.drawn(sprints.burndown(charts.look(title), told, _burn_words())),
        heads=(_("Day"), _("Remaining"), _("Plan"), _("Added"), _("Removed")),
        rows=charts.table(
            (
                formats.day(it.day),
                _cell(it.remaining, it.href),
                _number(it.ideal),
                _cell(it.added or None),
                _cell(it.removed or None),
            )
            for it in told
        ),
    )


def burnup(days: Sequence[BurnDay]) -> Figure:
    """Return what is done of a sprint, day by day, below its scope."""
    title = _("Burn-up")
    told = [replace(it, words=it.words or _done_words(it)) for it in days]
    known = [it for it in told if it.done is not None]
    summary: tuple[str, ...] = (_("The sprint has no day yet to show."),)
    if known:
        end = known[-1]
        summary = (
            _(
                "On %(day)s: done %(done)s of %(scope)s.",
                day=formats.day(end.day),
                done=_number(end.done or 0),
                scope=_number(end.scope or 0),
            ),
        )
    return Figure(
        key="burnup",
        title=title,
        summary=summary,
        drawing=charts.drawn(sprints.burnup(charts.look(title), told, _burn_words())),
        heads=(_("Day"), _("Done so far"), _("Scope of work")),
        rows=charts.table(
            (formats.day(it.day), _cell(it.done, it.href), _cell(it.scope)) for it in told
        ),
    )


def velocity(bars: Sequence[SprintBar]) -> Figure:
    """Return what each closed sprint brought; median and range of the last ones, never a mean."""
    title = _("Velocity")
    if not bars:
        return Figure("velocity", title, (_("No sprint has been closed yet."),))
    told = [replace(it, words=it.words or _velocity_words(it)) for it in bars]
    last = [it.done for it in bars[-LAST:]]
    middle = (min(last), median(last), max(last)) if len(last) >= FEWEST else None
    words = VelocityWords(_("Done so far"), _("Promised"), _("Median"), _("weight of cards"))
    return Figure(
        key="velocity",
        title=title,
        summary=_velocity_summary(middle, len(last)),
        drawing=charts.drawn(sprints.velocity(charts.look(title), told, words, middle)),
        heads=(_("Sprint"), _("Done so far"), _("Promised")),
        rows=charts.table((it.name, _cell(it.done, it.href), _number(it.committed)) for it in told),
    )


def _burn_words() -> BurnWords:
    return BurnWords(
        _("Remaining"), _("Plan"), _("Scope of work"), _("Done so far"), _("weight of cards")
    )


def _burndown_summary(days: Sequence[BurnDay]) -> tuple[str, ...]:
    known = [(place, it) for place, it in enumerate(days) if it.remaining is not None]
    if not known:
        return (_("The sprint has no day yet to show."),)
    place, end = known[-1]
    remaining = end.remaining or 0
    facts = {
        "day": formats.day(end.day),
        "remaining": _number(remaining),
        "scope": _number(end.scope if end.scope is not None else days[0].ideal),
    }
    said = _("On %(day)s: %(remaining)s of %(scope)s remain.", **facts)
    changed = sum(it.added for it in days), sum(it.removed for it in days)
    scope = _(
        "The scope has grown by %(added)s and shrunk by %(removed)s since the start.",
        added=_number(changed[0]),
        removed=_number(changed[1]),
    )
    return (f"{said} {_behind(_late(days, place, remaining))}", *((scope,) if any(changed) else ()))


def _late(days: Sequence[BurnDay], place: int, remaining: float) -> int:
    """Return by how many working days the plan had come there earlier; negative for later.

    A day on which the plan does not fall is no working day.
    """
    falls = [1, *(int(it.ideal < before.ideal) for before, it in pairwise(days))]
    due = next((at for at, it in enumerate(days) if it.ideal <= remaining + NEARLY), len(days) - 1)
    if days[0].ideal + NEARLY < remaining:
        return sum(falls[: place + 1])
    return sum(falls[due + 1 : place + 1]) - sum(falls[place + 1 : due + 1])


def _behind(late: int) -> str:
    """Say how many working days the sprint is behind its plan, or ahead of it."""
    if late > 0:
        return ngettext(
            "It is %(num)d working day behind the plan.",
            "It is %(num)d working days behind the plan.",
            late,
        )
    if late < 0:
        return ngettext(
            "It is %(num)d working day ahead of the plan.",
            "It is %(num)d working days ahead of the plan.",
            -late,
        )
    return _("It goes as planned.")


def _velocity_summary(middle: tuple[float, float, float] | None, count: int) -> tuple[str, ...]:
    if middle is None:
        return (
            _(
                "Too little to tell a velocity: %(count)d closed of the %(least)d that it needs.",
                count=count,
                least=FEWEST,
            ),
        )
    low, half, high = (_number(it) for it in middle)
    return (
        ngettext(
            "Median of the last %(num)d sprint: %(median)s, from %(low)s to %(high)s.",
            "Median of the last %(num)d sprints: %(median)s, from %(low)s to %(high)s.",
            count,
            median=half,
            low=low,
            high=high,
        ),
    )


def _remaining_words(it: BurnDay) -> str:
    if it.remaining is None:
        return ""
    facts = {"day": formats.day(it.day), "count": _number(it.remaining)}
    return _("%(day)s: %(count)s remain", **facts)


def _done_words(it: BurnDay) -> str:
    if it.done is None:
        return ""
    facts = {"day": formats.day(it.day), "count": _number(it.done)}
    return _("%(day)s: %(count)s done", **facts)


def _velocity_words(it: SprintBar) -> str:
    return _(
        "%(sprint)s: done %(done)s, promised %(promised)s",
        sprint=it.name,
        done=_number(it.done),
        promised=_number(it.committed),
    )


def _cell(value: float | None, href: str = "") -> Cell:
    return Cell("") if value is None else Cell(_number(value), href)


def _number(value: float) -> str:
    return formats.number(f"{value:.1f}".removesuffix(".0"))
