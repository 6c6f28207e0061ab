"""The charts of forecasts: how sure a day is, and how sure a number of cards is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pmo.charts import palette
from pmo.charts.specification import HEIGHT, Look, Row, Spec, day_axis, layer, specification
from pmo.domain.flow.forecast import Chance, CountChance

PERCENT = {
    "ru": "format(datum.value * 100, '.0f') + '\xa0%'",
    "en": "format(datum.value, '.0%')",
}
"""How an axis writes a share."""


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day on which the curve has come to a share. text: what stands beside it."""

    share: float
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class CountMark:
    """A number of cards at which the curve has a share. text: what stands beside it."""

    share: float
    count: int
    text: str


def completion(look: Look, chances: Sequence[Chance], marks: Sequence[DayMark], unit: str) -> Spec:
    """Return how the chance to be done grows by day, with the days that people ask for."""
    rows = [{"day": it.day.isoformat(), "share": it.share} for it in chances]
    x = day_axis(look, chances[0].day, chances[-1].day)
    ends = [{"day": it.day.isoformat(), "share": it.share, "text": it.text} for it in marks]
    return _curve(look, rows, ends, (x, unit), below=10, shape="step")


def count_by_day(
    look: Look, chances: Sequence[CountChance], marks: Sequence[CountMark], words: tuple[str, str]
) -> Spec:
    """Return how the chance falls with the number of cards. words: of the axes, across and up."""
    across, up = words
    rows = [{"count": it.count, "share": it.share} for it in chances]
    x = {
        "field": "count",
        "type": "quantitative",
        "title": across,
        "scale": {"zero": False, "nice": False},
        "axis": {"tickMinStep": 1, "format": ",.0f", "grid": False, "labelOverlap": "greedy"},
    }
    ends = [{"count": it.count, "share": it.share, "text": it.text} for it in marks]
    return _curve(look, rows, ends, (x, up), below=-6, shape="linear")


def _curve(
    look: Look, rows: list[Row], ends: list[Row], axes: tuple[Spec, str], *, below: int, shape: str
) -> Spec:
    """Return a curve of chances.

    below: how far the words of a mark stand under it. shape: how the curve goes between points.
    """
    x, unit = axes
    y = {
        "field": "share",
        "type": "quantitative",
        "title": unit,
        "scale": {"domain": [0, 1.04], "nice": False},
        "axis": {"values": [0, 0.25, 0.5, 0.75, 1], "labelExpr": PERCENT[look.language]},
    }
    text = {"type": "text", "align": "left", "dx": 9, "dy": below}
    return specification(
        look,
        [
            layer(
                rows,
                {"type": "area", "color": palette.BLUE, "opacity": 0.16, "interpolate": shape},
                x=x,
                y=y,
            ),
            layer(rows, {"type": "line", "color": palette.BLUE, "interpolate": shape}, x=x, y=y),
            layer(
                ends,
                {"type": "rule", "color": palette.ORANGE, "strokeDash": [4, 3]},
                x=x,
                y=y,
            ),
            layer(ends, {"type": "point", "size": 70, "color": palette.ORANGE}, x=x, y=y),
            layer(ends, text, x=x, y=y, text={"field": "text", "type": "nominal"}),
        ],
        height=HEIGHT - 20,
    )
