"""The charts of flow: cumulative flow, throughput, cycle times, ageing of what is in work."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle, islice

from pmo.charts import drawing, palette
from pmo.charts.specification import (
    HEIGHT,
    Look,
    Row,
    Spec,
    count_axis,
    dashes,
    day_axis,
    distinct,
    layer,
    legend,
    linked,
    specification,
)

LEAST_NAMED = 0.09
"""Share of the height that a band needs for its name in it."""

LONGEST_NAME = 22
"""Characters of a name in the legend, of which four stand side by side."""

ROOM = 84
"""Characters that stand side by side below a chart."""

DOT = 46
MOST_TOLD = 40
"""Points of which each tells how many cards it is."""

RULES = {50: (2, 3), 85: (6, 3), 95: (10, 3, 2, 3)}
"""Dashes of the lines of percentiles."""


@dataclass(frozen=True, slots=True)
class BandPoint:
    """A band of the cumulative flow on a day: its upper and its lower line."""

    day: date
    top: int
    bottom: int
    href: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A step of the cumulative flow with every day in order: a column, done, left unfinished."""

    name: str
    points: tuple[BandPoint, ...]
    is_done: bool = False
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class PeriodBar:
    """How many cards were finished from a day to another, both included."""

    first: date
    last: date
    count: int
    href: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class CyclePoint:
    """Cards that were finished on one day after the same number of days."""

    day: date
    days: int
    count: int
    href: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class AgePoint:
    """Cards of one column that are in work for the same number of days.

    state: 0 usual, 1 longer than half of the finished ones, 2 longer than the expectation.
    """

    column: str
    days: int
    count: int
    state: int
    href: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Percentile:
    """A line across: so many percent took at most so many days. text: what stands on it."""

    percent: int
    days: int
    text: str


def cumulative_flow(
    look: Look, bands: Sequence[Band], unit: str, *, marked: Collection[date]
) -> Spec:
    """Return how many cards had reached each column by each day, the first column uppermost.

    marked: the days whose points are links; one for every day would be too many.
    """
    days = [it.day for it in bands[0].points]
    x = day_axis(look, days[0], days[-1])
    top = max(it.top for band in bands for it in band.points)
    y = count_axis(unit, top)
    names = distinct([it.name for it in bands], LONGEST_NAME)
    bands = [replace(it, name=name) for it, name in zip(bands, names, strict=True)]
    colours = _colours(bands)
    patterns = list(islice(cycle(palette.DASHES), len(bands)))
    rows = [row for band in bands for row in _band_rows(band)]
    points = [row for row in rows if date.fromisoformat(row["day"]) in marked]
    shown = legend(names, colours)
    layers = [
        layer(
            rows,
            {"type": "area", "opacity": 0.28},
            x=x,
            y=y,
            y2={"field": "bottom"},
            color=shown,
        ),
        layer(
            rows,
            {"type": "line", "strokeWidth": 1.75},
            x=x,
            y=y,
            color=shown,
            strokeDash=dashes(names, patterns),
        ),
        layer(
            points,
            {"type": "point", "size": 34},
            **linked(x=x, y=y, color=shown),
        ),
        _names_inside(bands, x, y, top),
    ]
    return specification(look, layers, height=HEIGHT + 40)


def throughput(look: Look, bars: Sequence[PeriodBar], unit: str) -> Spec:
    """Return how many cards were finished in each day, or each week; empty ones are kept."""
    first, last = bars[0].first, bars[-1].last + timedelta(days=1)
    x = day_axis(look, first, last, "first", is_from_first=True)
    y = count_axis(unit, max(it.count for it in bars))
    rows = [
        {
            "first": it.first.isoformat(),
            "end": (it.last + timedelta(days=1)).isoformat(),
            "count": it.count,
            "zero": 0,
            "href": drawing.link(it.href),
            "words": it.words,
        }
        for it in bars
        if it.count
    ]
    mark = {"type": "rect", "color": palette.GREEN, "opacity": 0.85}
    mark |= {"stroke": palette.GROUND, "strokeWidth": 1}
    encoding = linked(x=x, x2={"field": "end"}, y=y, y2={"field": "zero"})
    return specification(look, [layer(rows, mark, **encoding)], height=HEIGHT)


def cycle_times(
    look: Look,
    points: Sequence[CyclePoint],
    unit: str,
    lines: Sequence[Percentile],
    span: tuple[date, date],
) -> Spec:
    """Return for each finished card when, and after how many days; percentiles across."""
    x = day_axis(look, *span)
    y = count_axis(unit, _highest([it.days for it in points], lines), "days")
    rows = [
        {
            "day": it.day.isoformat(),
            "days": it.days,
            "size": _size(it.count),
            "href": drawing.link(it.href),
            "words": it.words,
        }
        for it in points
    ]
    mark = {"type": "point", "color": palette.BLUE, "opacity": 0.75}
    dots = layer(rows, mark, **linked(x=x, y=y, size=_own_size()))
    return specification(look, [*_rules(lines, y), dots])


def ageing(
    look: Look,
    columns: Sequence[str],
    points: Sequence[AgePoint],
    unit: str,
    lines: Sequence[Percentile],
) -> Spec:
    """Return the age of every card in work by the column it stands in; percentiles across.

    columns: those that have points, each under another name. What is older than the expectation
    is a square, older than half a triangle, else a circle.
    """
    names = distinct(columns, max(5, ROOM // max(1, len(columns))))
    named = dict(zip(columns, names, strict=True))
    x = {
        "field": "column",
        "type": "nominal",
        "title": None,
        "scale": {"domain": names, "type": "point", "padding": 0.5},
        "axis": {"labelAngle": 0},
    }
    y = count_axis(unit, _highest([it.days for it in points], lines), "days")
    rows = [
        {
            "column": named[it.column],
            "days": it.days,
            "size": _size(it.count) * 1.6,
            "state": it.state,
            "text": str(it.count) if it.count > 1 and len(points) <= MOST_TOLD else "",
            "href": drawing.link(it.href),
            "words": it.words,
        }
        for it in points
    ]
    states = [0, 1, 2]
    colours = [palette.BLUE, palette.AMBER, palette.RED]
    shapes = ["circle", "triangle-up", "square"]
    dots = linked(
        x=x,
        y=y,
        size=_own_size(),
        color=_by_state(states, colours),
        shape=_by_state(states, shapes),
    )
    text = {"type": "text", "align": "left", "dx": 10}
    counts = layer(rows, text, x=x, y=y, text={"field": "text", "type": "nominal"})
    return specification(look, [*_rules(lines, y), layer(rows, {"type": "point"}, **dots), counts])


def _band_rows(band: Band) -> list[Row]:
    return [
        {
            "day": it.day.isoformat(),
            "series": band.name,
            "count": it.top,
            "bottom": it.bottom,
            "href": drawing.link(it.href),
            "words": it.words,
        }
        for it in band.points
    ]


def _colours(bands: Sequence[Band]) -> list[str]:
    """Return a colour for each: green for done, red for what left unfinished, the rest in turn."""
    rest = cycle(palette.SERIES)
    told = {(True, False): palette.GREEN, (False, True): palette.RED}
    return [told.get((it.is_done, it.is_lost)) or next(rest) for it in bands]


def _names_inside(bands: Sequence[Band], x: Spec, y: Spec, top: int) -> Spec:
    """Return the names of those bands that have room for it at the right end."""
    rows = []
    for band in bands:
        end = band.points[-1]
        if end.top - end.bottom >= max(1, top * LEAST_NAMED):
            middle = (end.top + end.bottom) / 2
            rows.append({"day": end.day.isoformat(), "count": middle, "text": band.name})
    mark = {"type": "text", "align": "right", "dx": -6, "fontWeight": "bold"}
    return layer(rows, mark, x=x, y=y, text={"field": "text", "type": "nominal"})


def _rules(lines: Sequence[Percentile], y: Spec) -> list[Spec]:
    """Return a line across for each percentile, with its words at the left end."""
    rows = [{"days": it.days, "text": it.text, "percent": it.percent} for it in lines]
    patterns = [list(RULES.get(it.percent, (4, 4))) for it in lines]
    dash = {
        "field": "percent",
        "type": "nominal",
        "scale": {"domain": [it.percent for it in lines], "range": patterns},
        "legend": None,
    }
    rule = {"type": "rule", "color": palette.ORANGE, "strokeWidth": 1.5}
    text = {"type": "text", "align": "left", "x": 4, "dy": -7, "color": palette.ORANGE}
    return [
        layer(rows, rule, y=y, strokeDash=dash),
        layer(rows, text, y=y, text={"field": "text", "type": "nominal"}),
    ]


def _highest(days: Sequence[int], lines: Sequence[Percentile]) -> int:
    return max((*days, *(it.days for it in lines)), default=1)


def _size(count: int) -> float:
    return float(DOT * min(count, 6))


def _own_size() -> Spec:
    return {"field": "size", "type": "quantitative", "scale": None, "legend": None}


def _by_state(states: Sequence[int], values: Sequence[str]) -> Spec:
    return {
        "field": "state",
        "type": "nominal",
        "scale": {"domain": list(states), "range": list(values)},
        "legend": None,
    }
