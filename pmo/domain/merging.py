"""Merging two people's edits of one thing, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pmo.errors import FieldConflict


@dataclass(frozen=True, slots=True)
class Merge:
    """What to write ({field: [present, wanted]}), and where two people disagree."""

    changes: dict[str, list[Any]]
    conflicts: tuple[FieldConflict, ...]


def merge(
    present: Mapping[str, Any], yours: Mapping[str, Any], touched: Mapping[str, Any]
) -> Merge:
    """Merge one editor's values into what stands now.

    present: all fields as they stand. yours: the editor's values, whether changed or
    not. touched: fields that others changed since the editor looked, with the value
    that the editor saw. A field that the editor left alone keeps what others made of
    it; the same change by both is no conflict.
    """
    changes: dict[str, list[Any]] = {}
    conflicts = []
    for field, wanted in yours.items():
        base = touched.get(field, present[field])
        if wanted in (base, present[field]):
            continue
        if base != present[field]:
            conflicts.append(FieldConflict(field, base, present[field], wanted))
        else:
            changes[field] = [present[field], wanted]
    return Merge(changes, tuple(conflicts))
