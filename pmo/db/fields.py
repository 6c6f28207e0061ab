"""Fields of the models: how values are kept on either database."""

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import peewee as pw

from pmo.db.connections import is_postgresql
from pmo.domain import periods


class UTCDateTimeField(pw.DateTimeField):
    """An aware moment, stored as naive UTC so that both databases sort and return it alike."""

    def db_value(self, value: datetime | None) -> Any:
        """Refuse naive moments; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment must know its time zone"
            raise ValueError(message)
        naive = value.astimezone(UTC).replace(tzinfo=None)
        return naive if is_postgresql() else naive.isoformat(" ", "microseconds")

    def python_value(self, value: Any) -> datetime | None:
        """Return the moment aware, in UTC."""
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.replace(tzinfo=UTC)


class JsonTextField(pw.TextField):
    """A JSON value kept as text: the same bytes on both databases, key order kept."""

    def db_value(self, value: Any) -> str | None:
        """Encode."""
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def python_value(self, value: str | None) -> Any:
        """Decode."""
        return None if value is None else json.loads(value)


class PeriodField(pw.TextField):
    """A `domain.periods.Period`, with the text as written."""

    def db_value(self, value: periods.Period | None) -> str | None:
        """Encode."""
        return None if value is None else json.dumps(periods.to_dict(value), ensure_ascii=False)

    def python_value(self, value: str | None) -> periods.Period | None:
        """Decode."""
        return None if value is None else periods.from_dict(json.loads(value))


class EnumField(pw.CharField):
    """A member of a closed list, stored by its value."""

    def __init__(self, members: type[StrEnum], **kwargs: Any) -> None:
        self.members = members
        super().__init__(max_length=32, **kwargs)

    def db_value(self, value: StrEnum | str | None) -> str | None:
        """Encode; a string that is no member is refused with ValueError."""
        return None if value is None else self.members(value).value

    def python_value(self, value: str | None) -> StrEnum | None:
        """Decode."""
        return None if value is None else self.members(value)


def as_date(value: Any) -> date | None:
    """Read a day from a raw row: SQLite gives text, PostgreSQL a date.

    Raw rows skip peewee's converters, which try several formats for every value.
    """
    return date.fromisoformat(value) if isinstance(value, str) else value


def as_moment(value: Any) -> datetime:
    """Read a moment that is there from a raw row."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC)
