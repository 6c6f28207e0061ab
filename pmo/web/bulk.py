"""Many cards at once: the bar over a board, and a plain page that does the same."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from pmo import clock
from pmo.domain.bulk import Bulk
from pmo.domain.permissions import Capability
from pmo.errors import CardRefused, MoveNotAllowed, WipLimitReached, WipRuleReached
from pmo.http import current, forms, rendering
from pmo.http.access import requires
from pmo.queries import acts as queries
from pmo.services import bulk as services
from pmo.web.acted import answer
from pmo.web.undo_offers import offer
from schemas.acts import BulkForm

bp = Blueprint("bulk", __name__)

PAGE = ("revision", "is_part")


@bp.get("/boards/<int:board_id>/select")
@requires(Capability.TASK_EDIT)
def show(board_id: int) -> ResponseReturnValue:
    """Show the bar for htmx, else the page with a box for every card."""
    choices = queries.choices(board_id, current.actor())
    if rendering.is_htmx():
        return render_template("bulk/_bar.html", choices=choices)
    return render_template(
        "bulk/show.html",
        choices=choices,
        columns=queries.cards(board_id, today=current.today()),
        form=forms.state(),
    )


@bp.post("/boards/<int:board_id>/bulk")
@requires(Capability.TASK_EDIT)
@forms.redraws(show, CardRefused, MoveNotAllowed, WipLimitReached, WipRuleReached)
def update(board_id: int) -> ResponseReturnValue:
    """Do one thing to many cards."""
    given = BulkForm().load(request.form)
    page = {name: given.pop(name) for name in PAGE}
    task_ids, confirmed = given.pop("task_ids"), given.pop("confirmed")
    acted = services.bulk(
        board_id,
        task_ids,
        Bulk(**given),
        confirmed=confirmed,
        actor=current.actor(),
        at=clock.now(),
    )
    count = len(acted.task_ids)
    text = ngettext("%(num)d card is changed.", "%(num)d cards are changed.", count)
    return answer(acted, offer(acted.event_id, text), page=page, board_id=board_id)
