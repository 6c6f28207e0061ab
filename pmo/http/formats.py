"""Days and moments as people read them, at the office's clock."""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date
from flask_babel import get_locale

from pmo.http import current

PATTERNS = {"ru": "dd.MM.y", "en": "d MMM y"}


def day(value: date | None, language: str | None = None) -> str:
    """Return ДД.ММ.ГГГГ in Russian, 22 Nov 2026 in English; '' for no day."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(current.settings().timezone).date()
    return _day(value, language or str(get_locale()))


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
