"""Sections of a task's panel: each owns its id and is drawn anew after a change in it."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pmo.http import current, fragments, rendering
from pmo.queries import cards, tasks
from pmo.web.undo_offers import Undo, flash_undo


def changed(
    task_id: int, template: str, *, anchor: str, undo: Undo | None = None, **facts: Any
) -> ResponseReturnValue:
    """Answer a change inside a section: the section anew, and the card on the board beside it.

    template: of the section, whose outermost element has the id `anchor` and is the target of
    its forms. Other sections hear of it as `panel:<anchor>`. undo: the notice that takes it back.
    Without JavaScript: back to the card, at the section.
    """
    if not rendering.is_htmx():
        if undo is not None:
            flash_undo(undo.event_id, undo.text)
        return redirect(url_for("tasks.show", task_id=task_id, _anchor=anchor), 303)
    task = tasks.task(task_id, current.actor(), today=current.today())
    card = cards.card(task_id, today=current.today())
    html = render_template(
        "tasks/section.hx.html",
        section=template,
        task=task,
        card_html=fragments.card(card),
        undo=undo,
        **facts,
    )
    return html, {"HX-Trigger": f"panel:{anchor}"}
