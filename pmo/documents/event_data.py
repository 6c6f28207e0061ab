"""The particulars of a task's events: histories are drawn and edits merged with them.

Of other kinds nothing is read back, so nothing is demanded.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from pmo.domain import own_fields, periods
from pmo.domain.vocabulary import ColumnMeaning, LeftoverDecision, SprintState, TaskKind
from pmo.errors import Fault

MOST_VERSION = 1_000_000_000


def _(message: str) -> str:
    return message


NEEDED = _("An event of the kind “{kind}” needs a fitting value here.")
NO_FIELD = _("A task has no field “{value}”.")

QUEUE = ColumnMeaning.QUEUE.value

OWN = re.compile(re.escape(own_fields.PREFIX) + own_fields.KEY)
"""An own field of the project, by its key."""

Check = Callable[[Any], bool]


def faults(place: str, kind: str, data: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is missing or does not fit. place: of the event's `data`."""
    for key, fits in NEEDS.get(kind, {}).items():
        if not fits(data.get(key)):
            yield Fault(f"{place}.{key}", NEEDED, {"kind": kind})
    for key, fits in OPTIONAL.get(kind, {}).items():
        if key in data and not fits(data[key]):
            yield Fault(f"{place}.{key}", NEEDED, {"kind": kind})
    if kind in CHANGES and isinstance(data.get("changes"), dict):
        yield from _changes(f"{place}.changes", kind, data["changes"])


def _changes(place: str, kind: str, changes: Mapping[str, Any]) -> Iterator[Fault]:
    for field, pair in changes.items():
        fits = CHANGES[kind].get(field)
        fits = _is_text if OWN.fullmatch(field) else FIELDS.get(field)
        if fits is None:
            yield Fault(place, NO_FIELD, {"value": field})
        elif not (isinstance(pair, list) and len(pair) == len("ab") and all(map(fits, pair))):
            yield Fault(f"{place}.{field}", NEEDED, {"kind": kind})


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_VERSION


def _is_yes_or_no(value: Any) -> bool:
    return isinstance(value, bool)


def _is_mapping(value: Any) -> bool:
    return isinstance(value, dict)


def _is_meaning(value: Any) -> bool:
    return _is_text(value) and value in set(ColumnMeaning)


def _is_kind(value: Any) -> bool:
    return _is_text(value) and value in set(TaskKind)


def _short(most: int) -> Check:
    """Return the check of a text that an undo may write again."""
    return lambda value: _is_text(value) and len(value) <= most


def _is_hash(value: Any) -> bool:
    return _is_text(value) and re.fullmatch("[0-9a-f]{64}", value) is not None


def _is_moment_or_none(value: Any) -> bool:
    if value is None:
        return True
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_text_or_none(value: Any) -> bool:
    return value is None or _is_text(value)


def _is_day_or_none(value: Any) -> bool:
    if value is None:
        return True
    if not _is_text(value) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return False
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_change_of_text(value: Any) -> bool:
    pair = value.get("text") if isinstance(value, dict) else None
    return isinstance(pair, list) and len(pair) == len("ab") and _are_texts(pair)


def _is_change_of_column(value: Any) -> bool:
    """Check the meaning, on which figures stand."""
    if not isinstance(value, dict):
        return False
    pair = value.get("meaning", [QUEUE, QUEUE])
    return isinstance(pair, list) and len(pair) == len("ab") and all(map(_is_meaning, pair))


def _is_number_or_none(value: Any) -> bool:
    return value is None or _is_whole(value)


def _is_period_or_none(value: Any) -> bool:
    if value is None:
        return True
    try:
        return bool(periods.from_dict(value))
    except ValueError:
        return False


def _is_what_came(value: Any) -> bool:
    counts = ("comments", "checklist", "attachments", "evidence")
    return (
        isinstance(value, dict)
        and all(_is_whole(value.get(name)) for name in counts)
        and _are_texts(value.get("watchers"))
    )


def _is_state_or_none(value: Any) -> bool:
    return value is None or (_is_text(value) and value in set(SprintState))


def _are_commitments(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(it, dict) and _is_whole(it.get("task")) and _is_whole(it.get("weight"))
        for it in value
    )


def _are_decisions(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(it, dict)
        and _is_whole(it.get("task"))
        and _is_text(it.get("decision"))
        and it["decision"] in set(LeftoverDecision)
        and _is_text(it.get("reason"))
        and _is_number_or_none(it.get("to"))
        and _is_number_or_none(it.get("new_task"))
        for it in value
    )


def _is_change_of_days(value: Any) -> bool:
    """Check the days of a sprint, which its figures read back."""
    if not isinstance(value, dict):
        return False
    pairs = [value[name] for name in ("starts_on", "ends_on") if name in value]
    return all(
        isinstance(pair, list)
        and len(pair) == len("ab")
        and all(day is not None and _is_day_or_none(day) for day in pair)
        for pair in pairs
    )


_MOVE: dict[str, Check] = {
    "board": _is_text,
    "from": _is_text,
    "from_meaning": _is_meaning,
    "from_name": _is_text,
    "to": _is_text,
    "to_meaning": _is_meaning,
    "to_name": _is_text,
}
_STANDING: dict[str, Check] = {
    "board": _is_text,
    "column": _is_text,
    "meaning": _is_meaning,
    "column_name": _is_text,
}

NEEDS: dict[str, dict[str, Check]] = {
    "task.archived": _STANDING,
    "task.created": _STANDING,
    "task.moved": _MOVE,
    "task.reordered": _MOVE,
    "task.restored": _STANDING,
    "sprint.closed": {
        "sprint": _is_whole,
        "goal_met": _is_yes_or_no,
        "decisions": _are_decisions,
    },
    "sprint.edited": {"sprint": _is_whole, "changes": _is_change_of_days},
    "sprint.started": {"sprint": _is_whole, "committed": _are_commitments},
    "task.sprint_set": {
        "from": _is_number_or_none,
        "to": _is_number_or_none,
        "from_state": _is_state_or_none,
        "to_state": _is_state_or_none,
        "reason": _is_text,
        "carried": _is_yes_or_no,
    },
    "task.edited": {"version": _is_whole, "changes": _is_mapping},
    "comment.edited": {"comment": _is_whole, "changes": _is_change_of_text},
    "attachment.added": {"name": _is_text},
    "recurrence.added": {"title": _is_text},
    "attachment.removed": {"name": _is_text},
    "task.checklist_added": {"item": _is_text},
    "task.checklist_converted": {"item": _is_text, "number": _is_whole},
    "task.checklist_edited": {"item": _is_text, "changes": _is_change_of_text},
    "task.checklist_moved": {"item": _is_text, "before": _is_text_or_none},
    "task.checklist_removed": {"item": _is_text},
    "task.checklist_ticked": {"item": _is_text, "is_done": _is_yes_or_no},
    "task.dependency_added": {"blocker": _is_whole},
    "task.dependency_removed": {"blocker": _is_whole},
    "task.evidence_added": {"title": _is_text},
    "task.evidence_edited": {"title": _is_text, "changes": _is_mapping},
    "task.evidence_removed": {"title": _is_text},
}
"""Kind → key → what its value must be. See docs/journal.md."""

_EVIDENCE: dict[str, Check] = {
    "title": _short(200),
    "url": _short(2000),
    "file": _is_text,
    "presentation": _short(200),
    "note": _short(2000),
}

OPTIONAL: dict[str, dict[str, Check]] = {
    "column.edited": {"changes": _is_change_of_column},
    "task.archived": {"successor": _is_text},
    "task.created": {
        "weight": _is_whole,
        "stage": _is_text,
        "blocked_reason": _is_text,
        "assignees": _are_texts,
        "sprint": _is_whole,
        "split_of": _is_text,
    },
    "task.edited": {"period_was": _is_period_or_none},
    "task.merged": {"from": _is_text, "to": _is_text, "came": _is_what_came},
    "task.moved": {"from_board": _is_text, "from_before": _is_number_or_none},
    "task.parted": {"from": _is_text, "came": _is_what_came},
    "task.reordered": {"from_before": _is_number_or_none},
    "attachment.removed": {"name": _short(200), "sha256": _is_hash},
    "task.checklist_removed": {
        "item": _short(300),
        "before": _is_text_or_none,
        "is_done": _is_yes_or_no,
        "done_by": _is_text_or_none,
        "done_at": _is_moment_or_none,
        "number": _is_number_or_none,
    },
    "task.evidence_added": _EVIDENCE,
    "task.evidence_removed": _EVIDENCE,
    "task.restored": {"successor": _is_text},
    "task.transferred": {"from": _is_text, "to": _is_text},
}
"""The same for keys that may be missing, and that an undo reads."""

FIELDS: dict[str, Check] = {
    "title": _is_text,
    "description": _is_text,
    "plan_number": _is_text,
    "expected_result": _is_text,
    "responsible": _is_text,
    "blocked_reason": _is_text,
    "weight": _is_whole,
    "kind": _is_kind,
    "due_on": _is_day_or_none,
    "period": _is_text,
    "stage": _is_text_or_none,
    "assignees": _are_texts,
    "labels": _are_texts,
}
"""Field of a task → what stands for it in `changes`."""

CHANGES: dict[str, dict[str, Check]] = {
    "task.edited": FIELDS,
    "task.checklist_edited": {"text": _short(300)},
    "task.evidence_edited": _EVIDENCE,
}
"""Kind → field → what stands for it in `changes`: histories are drawn from them."""
