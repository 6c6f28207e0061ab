"""Taking back what an event did: which kinds can be undone, how, and when it no longer fits.

An undo is a new act: what the event did, the other way round. It fits while the card still is as
the event left it in all that the event changed; what others changed beside it is no obstacle.
An undo can be undone like any other act.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pmo.errors import Sentence


def _(message: str) -> str:
    return message


@dataclass(frozen=True, slots=True)
class CardState:
    """A card as it stands now, in the portable values of the journal.

    successor: the key of the card that it went on as. waits_for: numbers of cards.
    """

    board: str
    column: str
    column_name: str
    is_archived: bool
    successor: str | None
    fields: Mapping[str, Any]
    waits_for: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class MoveBack:
    """Put the card into a column, before the card of a number; None for the end."""

    board: str
    column: str
    column_name: str
    before: int | None


@dataclass(frozen=True, slots=True)
class EditBack:
    """Give fields their old values. changes: [present, old]. period: the old one, in full."""

    changes: dict[str, list[Any]]
    period: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class PutAway:
    """Put the card into the archive. successor: the key of the card that it goes on as."""

    successor: str | None = None


@dataclass(frozen=True, slots=True)
class TakeOut:
    """Take the card out of the archive."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Let the card wait for the one of a number, or no longer."""

    blocker: int
    is_wanted: bool


@dataclass(frozen=True, slots=True)
class TakeApart:
    """Remove from the card what came from another. came: how much of each kind."""

    other: str
    came: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unite:
    """Give the card what hangs on another."""

    other: str


Inverse = MoveBack | EditBack | PutAway | TakeOut | Wait | TakeApart | Unite

UNDOABLE = frozenset(
    {
        "task.archived",
        "task.created",
        "task.dependency_added",
        "task.dependency_removed",
        "task.edited",
        "task.merged",
        "task.moved",
        "task.parted",
        "task.reordered",
        "task.restored",
        "task.transferred",
    }
)
"""Kinds of events of cards that can be taken back."""

PARTS = frozenset(
    {
        "attachment.added",
        "attachment.removed",
        "task.checklist_added",
        "task.checklist_edited",
        "task.checklist_removed",
        "task.checklist_ticked",
        "task.evidence_added",
        "task.evidence_edited",
        "task.evidence_removed",
    }
)
"""The same of what hangs on a card; each is an act of its own."""


BESIDE = frozenset(
    {
        "task.archived",
        "task.dependency_added",
        "task.dependency_removed",
        "task.edited",
        "task.moved",
        "task.reordered",
        "task.restored",
        "task.unwatched",
        "task.watched",
    }
)
"""Kinds of events that leave alone what hangs on a card."""


def is_companion(kind: str, data: Mapping[str, Any]) -> bool:
    """Tell whether an event only tells more of its act, and needs no undoing."""
    return kind == "task.transferred" and "from" in data


class Unfit(Exception):
    """The card is not as the event left it. reasons: what has changed since."""

    def __init__(self, *reasons: Sentence) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


def inverse(kind: str, data: Mapping[str, Any], state: CardState) -> Inverse:
    """Return what takes an event back, for a card in this state. Raises Unfit.

    kind: of `UNDOABLE`.
    """
    if kind in {"task.moved", "task.reordered"}:
        return _move_back(data, state)
    if kind == "task.edited":
        return _edit_back(data, state)
    if kind in {"task.dependency_added", "task.dependency_removed"}:
        return _wait(int(data["blocker"]), state, is_wanted=kind == "task.dependency_removed")
    if kind in {"task.merged", "task.parted"} and "from" in data:
        return _hang(kind, data, state)
    if kind in {"task.archived", "task.merged", "task.transferred"}:
        return _take_out(data.get("to", data.get("successor")), state)
    _check_live(state)
    return PutAway(data.get("successor"))


def after(state: CardState, step: Inverse) -> CardState:
    """Return the state of a card after a step: an act may hold several of one card."""
    if isinstance(step, MoveBack):
        return replace(state, board=step.board, column=step.column, column_name=step.column_name)
    if isinstance(step, EditBack):
        written = {name: new for name, (_old, new) in step.changes.items()}
        return replace(state, fields={**state.fields, **written})
    if isinstance(step, PutAway):
        return replace(state, is_archived=True, successor=step.successor)
    if isinstance(step, Wait):
        others = state.waits_for - {step.blocker}
        return replace(state, waits_for=others | {step.blocker} if step.is_wanted else others)
    if isinstance(step, TakeApart | Unite):
        return state
    return replace(state, is_archived=False, successor=None)


def _move_back(data: Mapping[str, Any], state: CardState) -> MoveBack:
    _check_live(state)
    if (state.board, state.column) != (data["board"], data["to"]):
        raise Unfit(Sentence(_("The card stands in the column “{name}”."), name=state.column_name))
    board = data.get("from_board", data["board"])
    return MoveBack(board, data["from"], data["from_name"], data.get("from_before"))


def _edit_back(data: Mapping[str, Any], state: CardState) -> EditBack:
    _check_live(state)
    changes: Mapping[str, list[Any]] = data["changes"]
    others = [name for name, (_old, new) in changes.items() if state.fields.get(name) != new]
    if others:
        raise Unfit(*(Sentence(OTHERS.get(name, OTHER)) for name in others))
    back = {name: [new, old] for name, (old, new) in changes.items()}
    return EditBack(back, data.get("period_was"))


def _take_out(successor: str | None, state: CardState) -> TakeOut:
    if not state.is_archived:
        raise Unfit(Sentence(_("The card is not in the archive any more.")))
    if state.successor != successor:
        raise Unfit(Sentence(_("The card goes on as {key}."), key=state.successor or "–"))
    return TakeOut()


def _wait(blocker: int, state: CardState, *, is_wanted: bool) -> Wait:
    if is_wanted and blocker in state.waits_for:
        raise Unfit(Sentence(_("The card waits for No. {blocker} again."), blocker=blocker))
    if not is_wanted and blocker not in state.waits_for:
        raise Unfit(Sentence(_("The card waits for No. {blocker} no longer."), blocker=blocker))
    return Wait(blocker, is_wanted)


def _hang(kind: str, data: Mapping[str, Any], state: CardState) -> TakeApart | Unite:
    _check_live(state)
    if kind == "task.parted":
        return Unite(data["from"])
    if "came" not in data:
        raise Unfit(Sentence(_("The journal does not tell what came from the other card.")))
    return TakeApart(data["from"], data["came"])


def _check_live(state: CardState) -> None:
    if state.is_archived:
        raise Unfit(Sentence(_("The card is in the archive.")))


OTHER = _("A field has been changed again.")
OTHERS = {
    "title": _("The title has been changed again."),
    "description": _("The description has been changed again."),
    "kind": _("The kind has been changed again."),
    "stage": _("The stage has been changed again."),
    "plan_number": _("The number in the plan has been changed again."),
    "period": _("The period has been changed again."),
    "due_on": _("The due date has been changed again."),
    "weight": _("The weight has been changed again."),
    "assignees": _("The assignees have been changed again."),
    "labels": _("The labels have been changed again."),
    "expected_result": _("The expected result has been changed again."),
    "responsible": _("The responsible person has been changed again."),
    "blocked_reason": _("The blocking has been changed again."),
}
