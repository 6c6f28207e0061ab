"""The drawing of a timeline: numbers for its template, in the units of the picture."""

from dataclasses import dataclass
from datetime import date

from pmo.domain import timeline
from pmo.domain.timeline import Mark, Window
from pmo.queries.timelines import Timeline, TimelineStage, TimelineTask

HEAD = 44
ROW = 24
GAP = 8
HALF = 7
LETTER = 6.6
"""Of a text of the picture, on average; a label that would stick out stands before its bar."""

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Label:
    """A text beside a bar. is_before: it ends at x instead of beginning there."""

    text: str
    x: float
    is_before: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A task. x, width: of its days; is_day: a single day, drawn as a diamond around `middle`."""

    task: TimelineTask
    x: float
    y: float
    width: float
    is_day: bool
    middle: float
    label: Label


@dataclass(frozen=True, slots=True)
class Band:
    """A stage over its rows; width 0 where its days are not known or not in the window."""

    stage: TimelineStage
    x: float
    width: float
    y: float
    height: float
    name_x: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it. today: None if it is not in the window. outside: tasks that are not."""

    width: int
    height: int
    months: tuple[Mark, ...]
    years: tuple[Mark, ...]
    bands: tuple[Band, ...]
    today: float | None
    outside: int


def draw(found: Timeline, shown: Window, today: date) -> Drawing:
    """Lay out stages and tasks, row under row."""
    bands: list[Band] = []
    y, outside = HEAD + GAP, 0
    for stage in found.stages:
        inside = [task for task in stage.tasks if task.span and shown.holds(*task.span)]
        outside += len(stage.tasks) - len(inside)
        is_here = stage.span is not None and shown.holds(*stage.span)
        if not inside and not is_here:
            continue
        height = ROW * (len(inside) + 1)
        x, width = shown.bar(*stage.span) if is_here and stage.span else (0.0, 0.0)
        first = min((shown.at(task.span[0]) for task in inside if task.span), default=x)
        bars = tuple(_bar(task, shown, y + ROW * row) for row, task in enumerate(inside, start=1))
        name_x = _fitting(x if is_here else first, stage.name, shown.width)
        bands.append(Band(stage, x, width, y, height, name_x, bars))
        y += height + GAP
    return Drawing(
        width=shown.width,
        height=y,
        months=timeline.months(shown),
        years=timeline.academic_years(shown),
        bands=tuple(bands),
        today=shown.at(today) if shown.first <= today <= shown.last else None,
        outside=outside,
    )


def _bar(task: TimelineTask, shown: Window, y: float) -> Bar:
    start, end = task.span or (shown.first, shown.first)
    x, width = shown.bar(start, end)
    text = f"{task.key} {task.title}"
    text = text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
    if start != end:
        return Bar(task, x, y, width, False, 0, _label(text, x, width, shown.width))
    middle = round(min(max(x + width / 2, HALF), shown.width - HALF), 1)
    label = _label(text, middle - HALF, 2 * HALF, shown.width)
    return Bar(task, x, y, width, True, middle, label)


def _label(text: str, x: float, width: float, most: int) -> Label:
    """Place a text behind its bar, before it where there is no room, else on it."""
    long = len(text) * LETTER
    after = x + width + 6
    if after + long <= most:
        return Label(text, round(after, 1), is_before=False)
    if x - 6 - long >= 0:
        return Label(text, round(x - 6, 1), is_before=True)
    return Label(text, round(max(min(x + 8, most - long), 0), 1), is_before=False)


def _fitting(x: float, text: str, most: int) -> float:
    return round(max(min(x + 6, most - len(text) * 7.5), 2), 1)
