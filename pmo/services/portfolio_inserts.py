"""Writing many rows of a portfolio file at once."""

from collections.abc import Iterable
from typing import Any

import peewee as pw

from pmo.db import BaseModel
from pmo.domain.periods import Period

BATCH = 500
"""Rows of one INSERT; SQLite takes 32,766 values in a statement."""


def insert(model: type[BaseModel], values: Iterable[dict[str, Any]]) -> None:
    """Write rows in as few statements as they fit into."""
    for batch in pw.chunked(values, BATCH):
        model.insert_many(batch).execute()


def period_columns(period: Period | None) -> dict[str, Any]:
    """Return a period with its two ends, as tables keep them."""
    return {
        "period": period,
        "starts_on": period.starts_on if period else None,
        "ends_on": period.ends_on if period else None,
    }
