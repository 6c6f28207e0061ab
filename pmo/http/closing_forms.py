"""The form in steps that closes a sprint: what was typed, as the closing takes it.

Without scripts, so each step brings along in hidden fields what the others hold: a decision on a
card is `decision.12`, its reason `reason.12`, and so on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from pmo.domain.sprint_closing import Decision
from pmo.domain.vocabulary import NoteColumn
from pmo.http.forms import Form
from pmo.services.sprint_closing import Closing
from schemas.base import FALSE, TRUE
from schemas.fields.numbers import WHOLE_NUMBER
from schemas.sprint_closing import ClosingSchema

OF_CARD = ("reason", "done_weight", "rest_to", "rest_title", "weight")


class Step(StrEnum):
    """A step of the form, by what it asks."""

    LEFTOVERS = "leftovers"
    OUTCOME = "outcome"
    CONFIRM = "confirm"
    CLOSE = "close"


ASKED = {
    Step.LEFTOVERS: ("decision.", "common_reason", *(f"{name}." for name in OF_CARD)),
    Step.OUTCOME: ("goal_met", "note.", "note_card."),
    Step.CONFIRM: ("confirmed",),
}
"""Fields that a step shows; those of the others are hidden in it. With a dot: of each thing."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the form brought. ids: of the cards, in the order of `values["decisions"]`."""

    values: Mapping[str, Any]
    ids: tuple[str, ...]


def read(form: MultiDict[str, str], *, is_last: bool) -> dict[str, Any]:
    """Return what was decided, checked. is_last: the goal must have been said by now.

    Raises ValidationError, its messages by the names of the form's fields.
    """
    given = _gathered(form)
    values = dict(given.values)
    if not is_last:
        values |= {"goal_met": False, "note_cards": [], "notes": []}
    try:
        loaded: dict[str, Any] = ClosingSchema().load(values)
    except ValidationError as error:
        raise ValidationError(dict(_named(error.messages, given.ids))) from error
    return loaded


def closing_of(given: Mapping[str, Any]) -> Closing:
    """Return what was decided, as the service takes it."""
    return Closing(
        decisions={
            it["task_id"]: Decision(
                kind=it["decision"],
                reason=it["reason"],
                done_weight=it["done_weight"],
                rest_to=it["rest_to"],
                rest_title=it["rest_title"],
                weight=it["weight"],
            )
            for it in given["decisions"]
        },
        goal_met=given["goal_met"],
        reason=given["reason"],
        notes=[(it["column"], it["text"]) for it in given["notes"]],
        note_cards={it["note_id"]: it["is_next"] for it in given["note_cards"]},
    )


def hidden(form: Form, step: Step) -> Iterator[tuple[str, str]]:
    """Yield what the other steps hold, for hidden fields of this one."""
    for name, value in form.values.items():
        if name in {"step", "version"} or _is_of(step, name):
            continue
        for one in form.chosen(name):
            yield name, one
        if value == "":
            yield name, ""


def step_of(form: Form) -> Step:
    """Return the step to show: the one that was asked for, or the one that has to be mended."""
    asked = form.value("step")
    if form.errors:
        wrong = [it for it in (Step.OUTCOME, Step.CONFIRM) if _all_of(it, form)]
        return wrong[0] if wrong else Step.LEFTOVERS
    return Step(asked) if asked in {*Step} - {Step.CLOSE} else Step.LEFTOVERS


def _all_of(step: Step, form: Form) -> bool:
    return all(_is_of(step, name) for name in form.errors)


def _is_of(step: Step, name: str) -> bool:
    return any(name == it or (it.endswith(".") and name.startswith(it)) for it in ASKED[step])


def _gathered(form: MultiDict[str, str]) -> Given:
    ids = tuple(name.partition(".")[2] for name in form if name.startswith("decision."))
    values: dict[str, Any] = {
        "reason": form.get("common_reason", ""),
        "decisions": [dict(_decision(form, task_id)) for task_id in ids],
        "notes": list(_notes(form)),
        "note_cards": [
            {"note_id": _whole(name.partition(".")[2]), "is_next": form[name] == "next"}
            for name in form
            if name.startswith("note_card.") and form[name] in {"next", "backlog"}
        ],
        "confirmed": form.getlist("confirmed"),
        "version": _whole(form.get("version", "")) or None,
    }
    values |= {name: form[name] for name in form if not _is_known(name)}
    said = form.get("goal_met", "").lower()
    if said:
        values["goal_met"] = True if said in TRUE else False if said in FALSE else said
    return Given(values, ids)


def _is_known(name: str) -> bool:
    return name in {"step", "version"} or any(_is_of(step, name) for step in ASKED)


def _decision(form: MultiDict[str, str], task_id: str) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a decision; those of a split only where it is one."""
    kind = form[f"decision.{task_id}"]
    yield "task_id", _whole(task_id)
    yield "decision", kind
    yield "reason", form.get(f"reason.{task_id}", "")
    if kind == "split":
        yield "done_weight", _whole(form.get(f"done_weight.{task_id}", ""))
        yield "rest_to", form.get(f"rest_to.{task_id}", "next_sprint")
        yield "rest_title", form.get(f"rest_title.{task_id}", "")
        yield (
            "weight",
            _whole(form.get(f"weight.{task_id}", "")) if form.get(f"weight.{task_id}") else None,
        )


def _notes(form: MultiDict[str, str]) -> Iterator[dict[str, str]]:
    """Yield what was typed into the columns of the retrospective: a note on each line."""
    for column in NoteColumn:
        for line in form.get(f"note.{column.value}", "").splitlines():
            if line.strip():
                yield {"column": column.value, "text": line.strip()}


def _whole(text: str) -> int | str:
    return int(text) if WHOLE_NUMBER.fullmatch(text.strip()) else text


def _named(messages: Any, ids: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield messages of the schema by the names that the form has for its fields."""
    for name, inner in messages.items():
        if name == "decisions" and isinstance(inner, dict):
            for place, faults in inner.items():
                named = faults.items() if isinstance(faults, dict) else [("decision", faults)]
                yield from ((f"{field}.{ids[place]}", told) for field, told in named)
        else:
            yield {"reason": "common_reason", "notes": "note.keep"}.get(name, name), inner
