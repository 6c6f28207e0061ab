"""Charts on pages: a drawing with its summary in words and its table, for every reader.

`figure` makes one; `templates/charts/_figure.html` shows it. Modules beside this one make whole
figures of figures: `sprint_figures`, `flow_figures`, `forecast_figures`.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import get_locale
from markupsafe import Markup

from pmo.charts import drawing
from pmo.charts.specification import Look, Spec
from pmo.http.kept import Kept

MEGABYTE = 1024 * 1024

drawings: Kept[str] = Kept(most=16 * MEGABYTE)
"""Per process, by the digest of the specification: everything that is seen is in it."""

bodies: Kept[str] = Kept(most=16 * MEGABYTE)
"""Per process: what a page draws of a journal, under the last events of the project."""


NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell of the table. href: of the cards behind it; '' for none."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as a page shows it.

    key: its name in addresses and ids. summary: sentences, the first one says what matters.
    drawing: the SVG; empty where there is nothing to draw, the summary says why. heads, rows: the
    same as a table; the first cell of a row is its heading.
    """

    key: str
    title: str
    summary: tuple[str, ...]
    drawing: Markup = NOTHING
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


def look(name: str) -> Look:
    """Return how a chart is written for the visitor. name: for the ear."""
    return Look("ru" if str(get_locale()) == "ru" else "en", name)


def drawn(spec: Spec) -> Markup:
    """Return a specification as SVG, drawn once for all who see the same."""
    text = json.dumps(spec, ensure_ascii=False, sort_keys=True)
    key = hashlib.blake2b(text.encode(), digest_size=16).digest()
    svg = drawings.get_or_make(key, lambda: drawing.svg(spec), lambda it: 2 * len(it))
    return Markup(svg)  # noqa: S704 - made of known elements and attributes, texts escaped


def table(rows: Iterable[Sequence[Cell | str]]) -> tuple[tuple[Cell, ...], ...]:
    """Return rows for a figure's table; a text stands for a cell without a link."""
    return tuple(tuple(Cell(it) if isinstance(it, str) else it for it in row) for row in rows)


def forget() -> None:
    """Forget what was drawn of journals: for tests and measurements."""
    bodies.clear()
