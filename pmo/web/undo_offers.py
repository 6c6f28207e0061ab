"""The notice that takes an act back: what it says, beside the page that changed or on the next."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import flash

from pmo.domain.wip import Overrun
from pmo.domain.wip_rules import Overload
from pmo.http import wip_texts


@dataclass(frozen=True, slots=True)
class Undo:
    """What a notice offers to take back. back: of `schemas.acts.BACK`."""

    event_id: int
    text: str
    back: str = "board"


def offer(event_id: int | None, text: str) -> Undo | None:
    """Return the notice of an act; None if it changed nothing."""
    return None if event_id is None else Undo(event_id, text)


def flash_undo(
    event_id: int | None,
    text: str,
    overrun: Overrun | None = None,
    overloads: Iterable[Overload] = (),
    back: str = "board",
) -> None:
    """Let the next page show the notices of an act, as a page without JavaScript needs it.

    overrun, overloads: soft limits that it has passed. back: as of `Undo`.
    """
    for sentence in wip_texts.passed(overrun, overloads):
        flash(sentence, "warning")
    if event_id is not None:
        flash({"event_id": event_id, "text": text, "back": back}, "undo")  # type: ignore[arg-type]
