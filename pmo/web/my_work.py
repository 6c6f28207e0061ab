"""“My work”: a person's open tasks from all projects, what waits for others, mentions."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import NotificationKind
from pmo.http import current, fragments, rendering
from pmo.http.access import requires
from pmo.queries import my_work as queries
from pmo.queries import notifications
from pmo.services import completion
from pmo.web import undo_offers
from schemas.my_work import CompletionForm, WorkQuerySchema

bp = Blueprint("my_work", __name__)

MENTION = NotificationKind.MENTION

QUERY = WorkQuerySchema()
"""One for all requests: making it takes as long as asking the database."""


@bp.get("/my-work")
@requires(Capability.PORTFOLIO_READ)
def index() -> ResponseReturnValue:
    """Show my open tasks, those alone that wait for others, or my mentions."""
    asked = QUERY.load_filled(request.args)
    return render_template("my_work/index.html", **_work(asked["show"]))


@bp.post("/tasks/<int:task_id>/completion")
@requires(Capability.TASK_EDIT)
def complete(task_id: int) -> ResponseReturnValue:
    """Move a task to where its board keeps what is done."""
    given = CompletionForm().load(request.form)
    placed = completion.complete(
        task_id, confirmed=given["confirmed"], actor=current.actor(), at=clock.now()
    )
    event_id, text = placed.event_id if placed else None, _("The card is done.")
    if not rendering.is_htmx():
        undo_offers.flash_undo(event_id, text, back="work")
        return redirect(url_for("my_work.index", show=given["show"]), 303)
    undo = undo_offers.offer(event_id, text)
    return render_template("my_work/complete.hx.html", undo=undo, **_work(given["show"]))


def _work(show: str) -> dict[str, Any]:
    """Return what the page shows: kept HTML while nothing on the person's boards has changed."""
    actor = current.actor()
    unread = notifications.unread_mentions(actor) if current.unread() else 0
    whole = fragments.whole_work(
        queries.state(actor),
        show="waiting" if show == "waiting" else "all",
        unread=unread,
        read=lambda: queries.my_work(actor, today=current.today()),
    )
    if show != "mentions":
        return {"total": whole.total, "html": whole.html}
    mentions = notifications.page(actor, unread_only=True, kind=MENTION)
    facts = {"show": show, "work": whole, "unread_mentions": unread, "mentions": mentions}
    html = fragments.reply("my_work/_work.html", **facts)
    return {"total": whole.total, "html": Markup(html)}  # noqa: S704 - drawn by a template
