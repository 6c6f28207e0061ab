"""What all specifications have in common: size, type, axes, how days and numbers are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, count
from typing import Any

from babel.dates import get_day_names, get_month_names

from pmo.charts import palette

Spec = dict[str, Any]
Row = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.4.0.json"
WIDTH = 640
HEIGHT = 300

MOST_MARKS = 9
"""Days that are named on an axis."""

STEPS = (1, 2, 7, 14)
"""Days between two that are named."""

FEW = 10
"""Numbers under it are written as they are."""

SHORT = 120
"""Days; an axis over more of them names months."""

FONT = "Liberation Sans, sans-serif"


@dataclass(frozen=True, slots=True)
class Look:
    """How a chart is written: the language of days and numbers, and its name for the ear."""

    language: str
    name: str


def specification(look: Look, layers: Sequence[Spec], *, height: int = HEIGHT, **more: Any) -> Spec:
    """Return a chart of layers, each with its own data, mark and encoding."""
    return {
        "$schema": SCHEMA,
        "description": look.name,
        "width": WIDTH,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 4,
        "background": None,
        "layer": list(layers),
        "config": {**CONFIG, "locale": _locale(look.language)},
        **more,
    }


def layer(rows: Sequence[Row], mark: Spec, **encoding: Any) -> Spec:
    """Return a layer. Rows hold texts, numbers and days as ISO texts."""
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}


def linked(**encoding: Any) -> Spec:
    """Return an encoding whose marks are links: rows have `href` and `words`."""
    return {
        **encoding,
        "href": {"field": "href", "type": "nominal"},
        "description": {"field": "words", "type": "nominal"},
    }


def day_axis(
    look: Look, first: date, last: date, field: str = "day", *, is_from_first: bool = False
) -> Spec:
    """Return the encoding of days from left to right; only whole days are named.

    is_from_first: the names are counted from the first day on; else back from the last.
    """
    days = (last - first).days
    if days > SHORT:
        marks = [it for it in _days(first, last) if it.day == 1]
        marks = marks[:: max(1, -(-len(marks) // MOST_MARKS))]
        written = "%b %Y"
    else:
        step = next((it for it in STEPS if days / it <= MOST_MARKS), STEPS[-1])
        rest = 0 if is_from_first else days % step
        marks = [it for it in _days(first, last) if (it - first).days % step == rest]
        marks = marks[:-1] if is_from_first and marks[-1] == last else marks
        written = "%d.%m" if look.language == "ru" else "%-d %b"
    values = [{"year": it.year, "month": it.month, "date": it.day, "utc": True} for it in marks]
    return {
        "field": field,
        "type": "temporal",
        "title": None,
        "scale": {"type": "utc", "domain": [first.isoformat(), last.isoformat()]},
        "axis": {"values": values, "format": written, "grid": False, "labelOverlap": "greedy"},
    }


def count_axis(title: str, most: float, field: str = "count", **more: Any) -> Spec:
    """Return the encoding of a number from the bottom up, from 0; whole numbers are named."""
    top = max(most, 1)
    axis = {"tickMinStep": 1, "tickCount": 5, "format": "~r" if top < FEW else ",.0f"}
    return {
        "field": field,
        "type": "quantitative",
        "title": title,
        "scale": {"domainMin": 0, "domainMax": top * 1.08, "nice": False, "zero": True},
        "axis": axis,
        **more,
    }


def legend(names: Sequence[str], colours: Sequence[str]) -> Spec:
    """Return the encoding of colour by the field `series`, explained above the chart."""
    return {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": list(names), "range": list(colours)},
        "legend": {"title": None, "orient": "top", "columns": 4},
    }


def dashes(names: Sequence[str], patterns: Sequence[Sequence[int]]) -> Spec:
    """Return the encoding of dashes by the field `series`; one legend with the colours."""
    return {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": list(names), "range": [list(it) for it in patterns]},
        "legend": {"title": None, "orient": "top", "columns": 4},
    }


def distinct(names: Sequence[str], most: int) -> list[str]:
    """Return names of `most` characters at most, each another: a chart knows things by them.

    The engine would cut them by width, and cannot cut between the halves of a rare character.
    """
    told: list[str] = []
    for name in names:
        short = name if len(name) <= most else name[: most - 1].rstrip() + "…"
        others = (f"{short} ({number})" for number in count(2))
        told.append(next(it for it in chain((short,), others) if it not in told))
    return told


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=it) for it in range((last - first).days + 1)]


def _locale(language: str) -> Spec:
    """Return how numbers and the names of months are written."""
    if language != "ru":
        return {"number": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]}}
    months = get_month_names("wide", "stand-alone", language)
    short = get_month_names("abbreviated", "stand-alone", language)
    days = get_day_names("wide", "stand-alone", language)
    few = get_day_names("short", "stand-alone", language)
    return {
        "number": {"decimal": ",", "thousands": "\xa0", "grouping": [3], "currency": ["", ""]},
        "time": {
            "dateTime": "%A, %e %B %Y г. %X",
            "date": "%d.%m.%Y",
            "time": "%H:%M:%S",
            "periods": ["AM", "PM"],
            "days": [days[it] for it in (6, 0, 1, 2, 3, 4, 5)],
            "shortDays": [few[it] for it in (6, 0, 1, 2, 3, 4, 5)],
            "months": [months[it] for it in range(1, 13)],
            "shortMonths": [short[it].rstrip(".") for it in range(1, 13)],
        },
    }


CONFIG: Spec = {
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": palette.MUTED,
        "titleColor": palette.MUTED,
        "titleFontWeight": "normal",
        "titleFontSize": 12,
        "titlePadding": 8,
        "labelFontSize": 12,
        "labelPadding": 5,
        "labelLimit": 0,
        "domainColor": palette.AXIS,
        "tickColor": palette.AXIS,
        "tickSize": 4,
        "gridColor": palette.GRID,
    },
    "axisY": {"domain": False, "ticks": False},
    "legend": {
        "labelColor": palette.INK,
        "labelFontSize": 12,
        "symbolType": "stroke",
        "symbolSize": 300,
        "symbolStrokeWidth": 2.5,
        "symbolOpacity": 1,
        "labelLimit": 0,
        "rowPadding": 4,
        "columnPadding": 16,
        "offset": 8,
    },
    "line": {"strokeWidth": 2.25, "strokeJoin": "round"},
    "text": {"fontSize": 12, "color": palette.INK},
    "point": {"filled": True, "opacity": 1},
}
