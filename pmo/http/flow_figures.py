"""The charts of flow for pages, each with words, a table, and the cards behind every point."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pmo.charts import flow
from pmo.charts.flow import Band, BandPoint, PeriodBar
from pmo.domain.flow.figures import (
    CumulativeFlow,
    Figures,
    Finished,
    FlowStep,
)
from pmo.domain.vocabulary import ColumnMeaning
from pmo.http import age_figures, charts, formats, labels
from pmo.http.charts import Cell, Figure
from pmo.http.flow_words import Address, Columns, number
from pmo.http.wording import _, ngettext

MOST_MARKED = 14
"""Days of the cumulative flow whose points are links, and rows of its table."""

MARKS = (1, 2, 7, 14, 28)
DAYS_AS_BARS = 31
"""Over more of them throughput is shown by weeks."""


def every(figures: Figures, columns: Columns, address: Address) -> tuple[Figure, ...]:
    """Return all charts of flow."""
    return (
        cumulative(figures.cumulative, address),
        throughput(figures, address),
        age_figures.cycle_times(figures, address),
        age_figures.ageing(figures, columns, address),
    )


def cumulative(found: CumulativeFlow, address: Address) -> Figure:
    """Return how many cards had reached each column, or a later one, by each day."""
    title = _("Cumulative flow")
    days = [it.day for it in found.days]
    if not days or not found.days[-1].reached or not found.days[-1].reached[0]:
        return Figure("cumulative", title, (_("There was no card on the boards in this time."),))
    marked = _marked(days)
    bands = [
        _band(found, place, address) for place in range(len(found.steps)) if _is_told(found, place)
    ]
    end = found.days[-1]
    done = sum(band.points[-1].top - band.points[-1].bottom for band in bands if band.is_done)
    return Figure(
        key="cumulative",
        title=title,
        summary=(
            _(
                "On %(day)s: %(done)d of %(total)d cards are done.",
                day=formats.day(end.day),
                done=done,
                total=end.reached[0],
            ),
            _(
                "A line tells how many cards had come into its column, or further. It never falls: "
                "the first time counts, also for a card that went back."
            ),
        ),
        drawing=charts.drawn(
            flow.cumulative_flow(charts.look(title), bands, _("cards"), marked=marked)
        ),
        heads=(_("Day"), *(band.name for band in bands)),
        rows=charts.table(
            (
                formats.day(day),
                *(_between(band.points[place]) for band in bands),
            )
            for place, day in enumerate(days)
            if day in marked
        ),
    )


def throughput(figures: Figures, address: Address) -> Figure:
    """Return how many cards were finished by day, or by week in a longer time."""
    title = _("Throughput")
    found = figures.throughput
    if not found.count:
        return Figure("throughput", title, (_("No card was finished in this time."),))
    by_day = len(found.days) <= DAYS_AS_BARS
    bars = [_bar(it, address) for it in (found.days if by_day else found.weeks)]
    summary = ngettext(
        "%(num)d card was finished in %(days)d days, %(week)s a week on average.",
        "%(num)d cards were finished in %(days)d days, %(week)s a week on average.",
        found.count,
        days=len(found.days),
        week=number(found.per_week or 0),
    )
    head = _("Day") if by_day else _("Week")
    return Figure(
        key="throughput",
        title=title,
        summary=(summary, _("Every bar is a day.") if by_day else _("Every bar is a week.")),
        drawing=charts.drawn(flow.throughput(charts.look(title), bars, _("cards"))),
        heads=(head, _("Finished")),
        rows=charts.table((_span(it), Cell(str(it.count), it.href)) for it in bars),
    )


def _marked(days: Sequence[date]) -> set[date]:
    """Return the days whose points are links, counted back from the last."""
    step = next((it for it in MARKS if len(days) / it <= MOST_MARKED), MARKS[-1])
    return set(days[::-1][::step])


def _band(found: CumulativeFlow, place: int, address: Address) -> Band:
    step = found.steps[place]
    name = step_name(step)
    points = []
    for it in found.days:
        bottom = it.reached[place + 1] if place + 1 < len(found.steps) else 0
        behind = {"figure": "cumulative", "day": it.day.isoformat(), "step": step.key}
        points.append(
            BandPoint(
                it.day,
                it.reached[place],
                bottom,
                address(**behind) if it.reached[place] > bottom else "",
                f"{formats.day(it.day)}, {name}: {it.reached[place] - bottom}",
            )
        )
    return Band(
        name,
        tuple(points),
        is_done=step.meaning is ColumnMeaning.DONE,
        is_lost=step.meaning is None,
    )


def _is_told(found: CumulativeFlow, place: int) -> bool:
    """Tell whether a step is worth a line: where nothing was left unfinished, that is none."""
    if found.steps[place].meaning is not None:
        return True
    return any(it.reached[place] > it.reached[place + 1] for it in found.days)


def step_name(step: FlowStep) -> str:
    """Return how a step is called: as its column, or what it means."""
    if step.meaning is None:
        return _("Left unfinished")
    return step.name or str(labels.label_of(step.meaning))


def _between(point: BandPoint) -> Cell:
    return Cell(str(point.top - point.bottom), point.href)


def _bar(it: Finished, address: Address) -> PeriodBar:
    ends = {"starts_on": it.starts_on.isoformat(), "ends_on": it.ends_on.isoformat()}
    href = address(figure="finished", **ends) if it.count else ""
    bar = PeriodBar(it.starts_on, it.ends_on, it.count, href)
    words = ngettext("%(num)d card finished", "%(num)d cards finished", it.count)
    return replace(bar, words=f"{_span(bar)}: {words}")


def _span(bar: PeriodBar) -> str:
    if bar.first == bar.last:
        return formats.day(bar.first)
    return f"{formats.day(bar.first)} – {formats.day(bar.last)}"
