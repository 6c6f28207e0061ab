"""Periods as people write them, «ежегодно, октябрь-февраль», and the days they mean.

The text is kept as written. What cannot be understood stays a text, is marked, and is never
guessed; what comes from the context instead of the text is marked too. How a text is cut into
words is in `period_grammar`, how words become dates in `period_resolution`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from pmo.domain import calendar
from pmo.domain.calendar import HalfYears
from pmo.domain.period_reading import read
from pmo.domain.period_resolution import Context, resolve
from pmo.domain.period_terms import Precision, Recurrence, Span

__all__ = [
    "LONGEST_TEXT",
    "Period",
    "Precision",
    "Recurrence",
    "Span",
    "from_dict",
    "parse",
    "shift_years",
    "to_dict",
]

T = TypeVar("T")

DEFAULT_HALF_YEARS = HalfYears()

LONGEST_TEXT = 300
"""Characters; a longer text is no period, and would only cost time."""


@dataclass(frozen=True, slots=True)
class Period:
    """A written period and what it means.

    text: exactly as written.
    spans: days, both ends included, in the order written; empty if no year is known.
    precision: the coarsest of what the text names; OPEN if it names no time.
    times: how many times in each round of the recurrence, at least; 0 if not stated.
    deadline: «до …»: the spans have no start.
    inferred: a year or a span came from the context, not from the text.
    understood: False keeps the text only: no spans, no recurrence, nothing guessed.
    """

    text: str
    spans: tuple[Span, ...] = ()
    precision: Precision = Precision.OPEN
    recurrence: Recurrence = Recurrence.NONE
    times: int = 0
    deadline: bool = False
    inferred: bool = False
    understood: bool = True

    @property
    def starts_on(self) -> date | None:
        """The earliest start; None without spans, or if one of them has no start."""
        starts = [span.start for span in self.spans if span.start is not None]
        return min(starts) if starts and len(starts) == len(self.spans) else None

    @property
    def ends_on(self) -> date | None:
        """The latest end; None without spans, or if one of them has no end."""
        ends = [span.end for span in self.spans if span.end is not None]
        return max(ends) if ends and len(ends) == len(self.spans) else None


def parse(
    text: str, *, academic_year: int | None = None, half_years: HalfYears = DEFAULT_HALF_YEARS
) -> Period:
    """Understand a written period; never raises, whatever the text.

    academic_year: the year in which the academic year at hand starts, 2021 for 2021/22. It
    gives years to bare months, to «в течение года» and «до конца года», and makes a bare
    «1 полугодие» academic; without it they are understood, but have no spans.
    half_years: the months of academic half-years.

    Decisions: «2 полугодие 2022 года» is the calendar's July-December; only «учебн…» or a
    pair of years («2021/22») make a half-year academic. «до 08.2024» and «до 2024 года» end
    with the last day of what they name. «начало», «середина», «конец» of a month are its
    thirds, inferred. «регулярно» and «постоянно» recur continuously. An empty text, or a
    dash, states nothing and so leaves nothing to misunderstand.
    """
    if len(text) > LONGEST_TEXT:
        return Period(text, understood=False)
    return _parse(text, academic_year, half_years)


@lru_cache(maxsize=4096)
def _parse(text: str, academic_year: int | None, half_years: HalfYears) -> Period:
    """Parse a text of bearable length; plans repeat the same few phrases."""
    if not text.strip(" \t\n\r\xa0-–—."):
        return Period(text)
    try:
        phrase = read(text)
        resolved = resolve(phrase, Context(academic_year, half_years))
    except (ValueError, OverflowError):
        return Period(text, understood=False)
    return Period(
        text,
        spans=resolved.spans,
        precision=resolved.precision,
        recurrence=phrase.repeat.recurrence,
        times=phrase.repeat.times,
        deadline=any(interval.first is None for interval in phrase.intervals),
        inferred=resolved.inferred,
    )


def shift_years(period: Period, years: int) -> Period:
    """Move a period by whole years, in its spans and in every year that its text names.

    A span's 29 February becomes the 28th where there is none. Bare months stay as written.
    Raises ValueError if a date leaves the years 1 to 9999.
    """
    spans = tuple(
        Span(
            span.start and calendar.shift_years(span.start, years),
            span.end and calendar.shift_years(span.end, years),
        )
        for span in period.spans
    )
    return replace(period, text=_text_shifted(period.text, years), spans=spans)


_WRITTEN_YEAR = re.compile(
    r"(?<!\d)(?P<first>(?:19|20)\d\d)(?:(?P<dash>\s?[/‐-―-]\s?)(?P<second>\d\d)(?![\d.-]))?(?!\d)"
    r"|(?<![\d.])(?P<day>\d{1,2}\.\d{1,2}\.)(?P<short>\d\d)(?!\d)"
)


def _text_shifted(text: str, years: int) -> str:
    """Move «2021», the end of «2021/22» and that of «30.09.21»."""

    def shifted(found: re.Match[str]) -> str:
        """Rewrite one year, or a pair of consecutive ones."""
        if found["short"]:
            return f"{found['day']}{(int(found['short']) + years) % 100:02}"
        first = int(found["first"])
        moved = f"{calendar.shift_years(date(first, 1, 1), years).year:04}"
        if found["second"] is None:
            return moved
        second = int(found["second"])
        if second == (first + 1) % 100:
            second = (second + years) % 100
        return f"{moved}{found['dash']}{second:02}"

    return _WRITTEN_YEAR.sub(shifted, text)


def to_dict(period: Period) -> dict[str, Any]:
    """Return a period as JSON-ready values, every key present, always in the same order."""
    return {
        "text": period.text,
        "spans": [
            [day.isoformat() if day else None for day in (span.start, span.end)]
            for span in period.spans
        ],
        "precision": period.precision.value,
        "recurrence": period.recurrence.value,
        "times": period.times,
        "deadline": period.deadline,
        "inferred": period.inferred,
        "understood": period.understood,
    }


def from_dict(mapping: Mapping[str, Any]) -> Period:
    """Return the period that `to_dict` wrote; keys other than `text` may be missing.

    Raises ValueError, naming the key, for anything else than `to_dict` writes.
    """
    if not isinstance(mapping, Mapping):
        raise ValueError(f"a period is an object, not {mapping!r}")  # noqa: TRY004 - bad data
    unknown = [str(key) for key in mapping if key not in Period.__slots__]
    if unknown:
        raise ValueError(f"a period has no {', '.join(unknown)}")
    if "text" not in mapping:
        raise ValueError("a period needs its text")
    period = Period(
        text=_typed(mapping, "text", str, ""),
        spans=_spans(mapping.get("spans", [])),
        precision=Precision(_typed(mapping, "precision", str, Precision.OPEN)),
        recurrence=Recurrence(_typed(mapping, "recurrence", str, Recurrence.NONE)),
        times=_typed(mapping, "times", int, 0),
        deadline=_typed(mapping, "deadline", bool, False),
        inferred=_typed(mapping, "inferred", bool, False),
        understood=_typed(mapping, "understood", bool, True),
    )
    if period.times < 0:
        raise ValueError(f"times of a period cannot be {period.times}")
    if period.spans and not period.understood:
        raise ValueError("a period that is not understood has no spans")
    return period


def _typed(mapping: Mapping[str, Any], key: str, kind: type[T], default: T) -> T:
    """Return a value of exactly this type: True is no number here."""
    value = mapping.get(key, default)
    if type(value) is kind or value is default:
        return value
    raise ValueError(f"{key} of a period must be {kind.__name__}, not {value!r}")


def _spans(value: object) -> tuple[Span, ...]:
    """Read [[start, end], …] with ISO dates or None."""
    if not isinstance(value, list | tuple):
        raise ValueError(f"spans of a period must be a list, not {value!r}")  # noqa: TRY004
    spans = []
    for pair in value:
        match pair:
            case [start, end]:
                spans.append(Span(_day(start), _day(end)))
            case _:
                raise ValueError(f"a span must be [start, end], not {pair!r}")
    return tuple(spans)


def _day(value: object) -> date | None:
    """Read «2021-09-30» or None; other ISO spellings of a day are refused."""
    if value is None:
        return None
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        raise ValueError(f"a day of a span must be YYYY-MM-DD, not {value!r}")
    return date.fromisoformat(value)
