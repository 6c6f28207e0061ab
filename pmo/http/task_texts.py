"""A task's history, period and clashing values as sentences for people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from pmo.domain.own_fields import PREFIX
from pmo.domain.period_terms import Recurrence, Span
from pmo.domain.periods import Period
from pmo.domain.vocabulary import TaskKind
from pmo.errors import FieldConflict
from pmo.http import formats, labels, sprint_texts
from pmo.queries.histories import HistoryEntry
from pmo.queries.tasks import TaskChoices

FIELDS = {
    "title": _l("Title"),
    "description": _l("Description"),
    "kind": _l("Kind"),
    "stage": _l("Stage"),
    "plan_number": _l("Number in the plan"),
    "period": _l("Period"),
    "due_on": _l("Due date"),
    "weight": _l("Weight"),
    "assignees": _l("Assignees"),
    "labels": _l("Labels"),
    "expected_result": _l("Expected result"),
    "responsible": _l("Responsible in the plan"),
    "blocked_reason": _l("Blocked because of"),
    "text": _l("Text"),
    "url": _l("Address"),
    "file": _l("File"),
    "presentation": _l("Form of presentation"),
    "note": _l("Note"),
}

RECURRENCES = {
    Recurrence.YEARLY: _l("every year"),
    Recurrence.HALF_YEARLY: _l("every half-year"),
    Recurrence.QUARTERLY: _l("every quarter"),
    Recurrence.MONTHLY: _l("every month"),
    Recurrence.WEEKLY: _l("every week"),
    Recurrence.CONTINUOUS: _l("continuously"),
}

SENTENCES = {
    "task.archived": _l("%(who)s put the card into the archive"),
    "task.edited": _l("%(who)s changed the card"),
    "task.merged": _l("%(who)s merged two cards: %(key)s"),
    "task.parted": _l("%(who)s took two cards apart: %(key)s"),
    "task.transferred": _l("%(who)s moved the card between projects: %(key)s"),
    "task.restored": _l("%(who)s took the card out of the archive"),
    "recurrence.added": _l("%(who)s made a recurring task of the card: “%(title)s”"),
    "comment.added": _l("%(who)s added a comment"),
    "comment.edited": _l("%(who)s edited a comment"),
    "comment.removed": _l("%(who)s removed a comment"),
    "comment.restored": _l("%(who)s brought a comment back"),
    "attachment.added": _l("%(who)s attached “%(name)s”"),
    "attachment.removed": _l("%(who)s removed the file “%(name)s”"),
    "task.checklist_added": _l("%(who)s added to the checklist: “%(item)s”"),
    "task.checklist_converted": _l("%(who)s made a card of an item: “%(item)s” → %(number)s"),
    "task.checklist_edited": _l("%(who)s rewrote an item of the checklist: “%(item)s”"),
    "task.checklist_moved": _l("%(who)s moved an item of the checklist: “%(item)s”"),
    "task.checklist_removed": _l("%(who)s removed from the checklist: “%(item)s”"),
    "task.dependency_added": _l("%(who)s: the card now waits for %(blocker)s"),
    "task.dependency_removed": _l("%(who)s: the card no longer waits for %(blocker)s"),
    "task.evidence_added": _l("%(who)s added evidence: “%(title)s”"),
    "task.evidence_edited": _l("%(who)s changed evidence: “%(title)s”"),
    "task.evidence_removed": _l("%(who)s removed evidence: “%(title)s”"),
    "task.unwatched": _l("%(who)s stopped watching the card"),
    "task.watched": _l("%(who)s watches the card"),
}
"""Kinds that need no more than who did it and their own data."""

TICKED = _l("%(who)s ticked: “%(item)s”")
UNTICKED = _l("%(who)s took the tick back: “%(item)s”")

LONG = 60
"""Characters of a value that a line of history still shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event as people read it. details: what exactly changed.

    undo_id: the event that a button takes back, None if there is none.
    """

    at: datetime
    text: str
    details: tuple[str, ...]
    is_undone: bool = False
    undo_id: int | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed, with readable values."""

    field: str
    name: str
    base: str
    theirs: str
    yours: str


def lines(entries: Iterable[HistoryEntry], choices: TaskChoices) -> list[Line]:
    """Return the history in sentences."""
    return [
        Line(
            entry.at,
            _undoing(entry),
            tuple(_details(entry, choices)),
            entry.is_undone,
            entry.id if entry.can_undo else None,
        )
        for entry in entries
    ]


def clashes(conflicts: Iterable[FieldConflict], choices: TaskChoices) -> list[Clash]:
    """Return conflicts as the form shows them."""
    return [
        Clash(
            it.field,
            field_name(it.field, choices),
            *(_readable(it.field, value, choices) for value in (it.base, it.theirs, it.yours)),
        )
        for it in conflicts
    ]


def period_meaning(period: Period) -> str:
    """Tell how a written period was understood."""
    if not period.understood:
        return str(_("not understood, kept as written"))
    parts = [_span(span) for span in period.spans]
    if period.recurrence in RECURRENCES:
        parts.append(str(RECURRENCES[period.recurrence]))
    if period.times:
        parts.append(ngettext("at least %(num)d time", "at least %(num)d times", period.times))
    if period.inferred:
        parts.append(_("the year is taken from the context"))
    return "; ".join(parts) or _("no definite days")


def _undoing(entry: HistoryEntry) -> str:
    sentence = _sentence(entry)
    return sentence if entry.undoes_id is None else str(_("%(what)s (undo)", what=sentence))


def _sentence(entry: HistoryEntry) -> str:
    who, data = entry.actor or _of_rule(entry), entry.data
    if entry.kind == "task.moved":
        moved = _(
            "%(who)s moved the card: “%(start)s” → “%(end)s”",
            who=who,
            start=data["from_name"],
            end=data["to_name"],
        )
        over = data.get("over_limit")
        return f"{moved} ({_('over the limit')})" if over else moved
    if entry.kind == "task.reordered":
        return str(
            _("%(who)s moved the card within the column “%(name)s”", who=who, name=_here(data))
        )
    if entry.kind == "task.created" and "split_of" in data:
        card = data["split_of"]
        return str(_("%(who)s split %(card)s; the rest is this card", who=who, card=card))
    if entry.kind == "task.created":
        return str(
            _("%(who)s created the card in the column “%(name)s”", who=who, name=_here(data))
        )
    if entry.kind == "task.sprint_set":
        return _of_sprint(who, data)
    return _of_part(entry.kind, who, data)


def _of_sprint(who: str, data: Mapping[str, Any]) -> str:
    start, end = (
        _("backlog") if number is None else sprint_texts.name(number)
        for number in (data["from"], data["to"])
    )
    if data.get("carried"):
        text = _(
            "%(who)s closed a sprint; the card went: %(start)s → %(end)s", **_ways(who, start, end)
        )
    else:
        text = _("%(who)s planned the card: %(start)s → %(end)s", **_ways(who, start, end))
    return str(text)


def _ways(who: str, start: str, end: str) -> dict[str, str]:
    return {"who": who, "start": str(start), "end": str(end)}


def _of_part(kind: str, who: str, data: Mapping[str, Any]) -> str:
    if kind == "task.checklist_ticked":
        template = TICKED if data["is_done"] else UNTICKED
    else:
        template = SENTENCES.get(kind, f"%(who)s: {kind}")
    numbers = {name: f"№ {data[name]}" for name in ("blocker", "number") if name in data}
    key = data.get("from") or data.get("to") or ""
    return str(template) % {"key": key, **data, **numbers, "who": who}


def _of_rule(entry: HistoryEntry) -> str:
    if entry.kind == "task.created" and entry.data.get("recurrence"):
        return str(_("The cyclogram"))
    rule = entry.data.get("rule")
    found = _("The rule “%(name)s”", name=rule) if isinstance(rule, str) else _("The service")
    return str(found)


def _here(data: Mapping[str, Any]) -> str:
    return str(data.get("column_name") or data.get("to_name") or data.get("column") or "")


def _details(entry: HistoryEntry, choices: TaskChoices) -> Iterable[str]:
    if not entry.kind.startswith("task."):
        return
    if entry.kind == "task.sprint_set" and entry.data.get("reason"):
        yield _("reason: %(text)s", text=entry.data["reason"])
    confirmed = entry.data.get("confirmed")
    for line in confirmed if isinstance(confirmed, list) else ():
        yield _("confirmed: %(line)s", line=line)
    for field, (old, new) in entry.data.get("changes", {}).items():
        name = field_name(field, choices)
        before, after = (_readable(field, value, choices) for value in (old, new))
        if max(len(before), len(after)) > LONG or "\n" in before + after:
            yield _("%(field)s: rewritten", field=name)
        else:
            yield f"{name}: {before or _('empty')} → {after or _('empty')}"


def field_name(field: str, choices: TaskChoices) -> str:
    """Return a field's name; of an own field that is gone, its key."""
    own = {it.entry: it.name for it in choices.own}
    return own.get(field) or str(FIELDS.get(field, field.removeprefix(PREFIX)))


def _readable(field: str, value: Any, choices: TaskChoices) -> str:
    if value is None or value == "":
        return ""
    if field == "due_on":
        return formats.day(date.fromisoformat(value))
    if field == "kind":
        return labels.label_of(TaskKind(value))
    if field == "stage":
        return {stage.key: stage.name for stage in choices.stages}.get(value, str(value))
    if field == "assignees":
        names = {person.login: person.name for person in choices.people}
        return ", ".join(names.get(login, login) for login in value)
    kinds = {own.entry: own.kind for own in choices.own}
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return formats.own(kinds[field], text) if field in kinds else text


def _span(span: Span) -> str:
    start, end = formats.day(span.start), formats.day(span.end)
    if not start:
        return str(_("by %(day)s", day=end))
    if not end:
        return str(_("from %(day)s", day=start))
    return start if start == end else f"{start} – {end}"
