"""Writing of rows that people edit: narrow, and only over the version they saw."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from pmo.db import BaseModel
from pmo.domain import calendar, periods
from pmo.domain.periods import Period
from pmo.errors import StaleVersion

Changes = dict[str, tuple[Any, Any]]
"""Field → (what it was, what it is now)."""


def write(row: Any, values: Mapping[str, Any], expected_version: int | None) -> Changes:
    """Compare and set: write the values that differ and raise the row's version.

    row: read in this transaction. expected_version: None trusts what was read.
    Returns what changed; nothing is written when nothing did.
    Raises StaleVersion if the row is not of the expected version any more.
    """
    if expected_version not in {None, row.version}:
        raise StaleVersion(version=row.version)
    changes = {
        name: (getattr(row, name), value)
        for name, value in values.items()
        if getattr(row, name) != value
    }
    if changes:
        _write_over(row, {name: new for name, (_, new) in changes.items()})
    return changes


def check_names(values: Mapping[str, Any], known: Collection[str]) -> None:
    """Raise ValueError for a name that is no field of the thing: a fault of the caller."""
    if unknown := set(values) - set(known):
        raise ValueError(f"no such fields: {sorted(unknown)}")


def period_of(text: str, present: Period | None, *, at: datetime) -> Period | None:
    """Understand a written period; one that is still the same text keeps its meaning.

    at: the moment whose academic year a bare «октябрь» belongs to. None for no text.
    """
    if present is not None and present.text == text:
        return present
    return periods.parse(text, academic_year=calendar.academic_year_of(at.date())) if text else None


def portable(changes: Changes) -> dict[str, list[Any]]:
    """Return changes as the journal keeps them: field → [old, new], periods as written."""
    return {name: [_portable(old), _portable(new)] for name, (old, new) in changes.items()}


def _portable(value: Any) -> Any:
    if isinstance(value, Period):
        return value.text
    return value.isoformat() if hasattr(value, "isoformat") else value


def _write_over(row: Any, values: Mapping[str, Any]) -> None:
    model: type[BaseModel] = type(row)
    same = (model._meta.primary_key == row._pk) & (model.version == row.version)  # type: ignore[attr-defined]
    written = model.update({**values, "version": row.version + 1}).where(same).execute()
    if not written:
        raise StaleVersion(version=row.version + 1)
