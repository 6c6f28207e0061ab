"""Days and moments as people read them, at the office's clock."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal
from flask_babel import get_locale

from pmo.domain.vocabulary import OwnFieldKind
from pmo.http import current

PATTERNS = {"ru": "dd.MM.y", "en": "d MMM y"}


def day(value: date | None, language: str | None = None) -> str:
    """Return ДД.ММ.ГГГГ in Russian, 22 Nov 2026 in English; '' for no day."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(current.settings().timezone).date()
    return _day(value, language or str(get_locale()))


def weekday(value: date) -> str:
    """Return the day of the week in short: сб, Sat."""
    return format_date(value, "EEE", locale=get_locale())


def number(text: str) -> str:
    """Return a written number as the visitor's language has it: 1 234,5 or 1,234.5."""
    return format_decimal(Decimal(text), format="#,##0.####", locale=get_locale())


def own(kind: OwnFieldKind, text: str) -> str:
    """Return what a task holds in a field of its project's own, as people read it."""
    if kind is OwnFieldKind.DATE and text:
        return day(date.fromisoformat(text))
    if kind is OwnFieldKind.NUMBER and text:
        return number(text)
    return text


def moment(value: datetime | None, language: str | None = None) -> str:
    """Return day and time to the minute; '' for no moment."""
    if value is None:
        return ""
    local = value.astimezone(current.settings().timezone)
    return f"{_day(local.date(), language or str(get_locale()))}, {local:%H:%M}"


@lru_cache(maxsize=4096)
def _day(value: date, language: str) -> str:
    """Babel takes 20 µs for a date; a board has hundreds, of few different days."""
    return format_date(value, PATTERNS.get(language, "y-MM-dd"), locale=language)
