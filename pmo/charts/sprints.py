"""The charts of sprints: burndown, burn-up, velocity.

A page takes `pmo.http.sprint_figures`, which adds words, summary and table; a document calls
these and `drawing.png`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pmo.charts import drawing, palette
from pmo.charts.specification import (
    Look,
    Row,
    Spec,
    count_axis,
    dashes,
    distinct,
    layer,
    legend,
    linked,
    specification,
)

FLAT = "M-1,-0.15h2v0.3h-2z"
"""The mark of what was promised, in the legend."""

PADDING = {"left": 4, "top": 4, "bottom": 4}
ROOM_FOR_MEDIAN = 66

ROOM = 14
"""Bars, above which their values are not written over them."""


@dataclass(frozen=True, slots=True)
class BurnDay:
    """The end of a day of a sprint. Estimates in the unit of the project.

    remaining, done, scope: None for days that have not come. ideal: of the plan, every day.
    added, removed: scope that came and went on this day, re-estimates among them.
    href: the path of the cards behind the day. words: what its point says to the ear.
    """

    day: date
    ideal: float
    remaining: float | None = None
    done: float | None = None
    scope: float | None = None
    added: float = 0
    removed: float = 0
    href: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class BurnWords:
    """How the lines are called: «Осталось», «План», «Объём», «Сделано», and the vertical axis."""

    remaining: str
    ideal: str
    scope: str
    done: str
    unit: str


@dataclass(frozen=True, slots=True)
class SprintBar:
    """A closed sprint: what was done at its end, and what was promised at its start."""

    name: str
    done: float
    committed: float
    href: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class VelocityWords:
    """How bars and marks are called: «Сделано», «Обещано», «Медиана», and the vertical axis."""

    done: str
    committed: str
    median: str
    unit: str


def burndown(look: Look, days: Sequence[BurnDay], words: BurnWords) -> Spec:
    """Return what is left over the days of a sprint, beside the plan.

    days: those to be shown, in order; working days alone, or all. Changes of scope stand at
    their day as triangles with their amount: they are no progress.
    """
    x = _steps(look, days)
    top = max((max(it.ideal, it.remaining or 0) for it in days), default=0)
    y = count_axis(words.unit, top * 1.08)
    lines = [_row(look, it, words.ideal, it.ideal) for it in days]
    lines += [_row(look, it, words.remaining, it.remaining) for it in days]
    names, colours = [words.remaining, words.ideal], [palette.BLUE, palette.AXIS]
    shown = {**legend(names, colours)}, dashes(names, [(1, 0), (5, 4)])
    points = [_row(look, it, words.remaining, it.remaining) for it in days]
    changed = [it for it in days if it.remaining is not None and (it.added or it.removed)]
    changes = [
        {**_row(look, it, "", it.remaining), "text": _change(it), "up": it.added >= it.removed}
        for it in changed
    ]
    return specification(
        look,
        [
            layer(_known(lines), {"type": "line"}, x=x, y=y, color=shown[0], strokeDash=shown[1]),
            layer(
                _known(points),
                {"type": "point", "size": 60, "color": palette.BLUE},
                **linked(x=x, y=y),
            ),
            layer(
                changes,
                {"type": "point", "size": 70, "yOffset": -16, "color": palette.ORANGE},
                x=x,
                y=y,
                shape={
                    "field": "up",
                    "type": "nominal",
                    "scale": {"domain": [True, False], "range": ["triangle-up", "triangle-down"]},
                    "legend": None,
                },
            ),
            layer(
                changes,
                {"type": "text", "dy": -28, "color": palette.ORANGE, "fontWeight": "bold"},
                x=x,
                y=y,
                text={"field": "text", "type": "nominal"},
            ),
        ],
    )


def burnup(look: Look, days: Sequence[BurnDay], words: BurnWords) -> Spec:
    """Return what is done over the days of a sprint, and the scope as a line of its own."""
    x = _steps(look, days)
    top = max((it.scope or 0 for it in days), default=0)
    y = count_axis(words.unit, top)
    names, colours = [words.done, words.scope], [palette.GREEN, palette.ORANGE]
    done = [_row(look, it, words.done, it.done) for it in days]
    scope = [_row(look, it, words.scope, it.scope) for it in days]
    shown = legend(names, colours), dashes(names, [(1, 0), (6, 3)])
    return specification(
        look,
        [
            layer(
                _known(scope),
                {"type": "line", "interpolate": "step-after"},
                x=x,
                y=y,
                color=shown[0],
                strokeDash=shown[1],
            ),
            layer(_known(done), {"type": "line"}, x=x, y=y, color=shown[0], strokeDash=shown[1]),
            layer(
                _known(done),
                {"type": "point", "size": 60, "color": palette.GREEN},
                **linked(x=x, y=y),
            ),
        ],
    )


def velocity(
    look: Look,
    bars: Sequence[SprintBar],
    words: VelocityWords,
    middle: tuple[float, float, float] | None,
) -> Spec:
    """Return what each sprint brought, with what was promised as a line across its bar.

    middle: the lowest, the median and the highest of the last sprints; None for too few.
    """
    names = distinct([it.name for it in bars], max(10, 70 // max(1, len(bars))))
    x = {
        "field": "name",
        "type": "nominal",
        "title": None,
        "scale": {"domain": names, "paddingInner": 0.4, "paddingOuter": 0.3},
        "axis": {"labelAngle": 0, "labelOverlap": "greedy"},
    }
    top = max((max(it.done, it.committed) for it in bars), default=0)
    y = count_axis(words.unit, top * 1.05, "done")
    rows = [
        {
            "name": name,
            "done": it.done,
            "committed": it.committed,
            "href": drawing.link(it.href),
            "words": it.words,
        }
        for it, name in zip(bars, names, strict=True)
    ]
    promised = count_axis(words.unit, top * 1.05, "committed")
    layers = _range(middle, words) if middle else []
    colour = legend([words.committed], [palette.ORANGE])
    layers += [
        layer(rows, {"type": "bar", "color": palette.BLUE, "opacity": 0.85}, **linked(x=x, y=y)),
        layer(
            [{**it, "series": words.committed} for it in rows],
            {"type": "tick", "thickness": 3, "width": {"band": 1.25}},
            x=x,
            y=promised,
            color={**colour, "legend": {**colour["legend"], "symbolType": FLAT, "symbolSize": 500}},
        ),
    ]
    if len(bars) <= ROOM:
        layers.append(
            layer(
                rows,
                {"type": "text", "dy": 14, "color": palette.GROUND, "fontWeight": "bold"},
                x=x,
                y=y,
                text={"field": "done", "type": "quantitative", "format": "~r"},
            )
        )
    return specification(look, layers, padding={**PADDING, "right": ROOM_FOR_MEDIAN})


def _range(middle: tuple[float, float, float], words: VelocityWords) -> list[Spec]:
    """Return the band between the lowest and the highest, and the median as a line."""
    low, median, high = middle
    rows = [{"low": low, "median": median, "high": high, "text": [words.median, f"{median:g}"]}]
    return [
        layer(
            rows,
            {"type": "rect", "color": palette.SLATE, "opacity": 0.16},
            y={"field": "low", "type": "quantitative"},
            y2={"field": "high"},
        ),
        layer(
            rows,
            {"type": "rule", "color": palette.SLATE, "strokeDash": [5, 3], "strokeWidth": 1.5},
            y={"field": "median", "type": "quantitative"},
        ),
        layer(
            rows,
            {"type": "text", "align": "left", "x": "width", "dx": 6},
            y={"field": "median", "type": "quantitative"},
            text={"field": "text", "type": "nominal"},
        ),
    ]


def _steps(look: Look, days: Sequence[BurnDay]) -> Spec:
    """Return the encoding of days as steps of equal width, whatever lies between them."""
    return {
        "field": "label",
        "type": "ordinal",
        "title": None,
        "scale": {"domain": [_label(look, it.day) for it in days], "type": "point"},
        "axis": {"labelAngle": 0, "labelOverlap": "greedy"},
    }


def _row(look: Look, it: BurnDay, series: str, count: float | None) -> Row:
    label = _label(look, it.day)
    href = drawing.link(it.href)
    return {"label": label, "series": series, "count": count, "href": href, "words": it.words}


def _known(rows: Sequence[Row]) -> list[Row]:
    return [it for it in rows if it["count"] is not None]


def _label(look: Look, day: date) -> str:
    return f"{day:%d.%m}" if look.language == "ru" else f"{day.day} {day:%b}"


def _change(it: BurnDay) -> str:
    parts = [f"+{it.added:g}"] if it.added else []
    parts += [f"−{it.removed:g}"] if it.removed else []
    return " ".join(parts)
