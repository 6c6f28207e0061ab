"""Boards of other programs: upload, look at what would become of them, take them in."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from pmo.domain import board_plans as plans
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import ColumnMeaning
from pmo.errors import Conflict, FileRefused, Invalid
from pmo.http import board_drafts, current, error_texts, forms, labels
from pmo.http.access import requires
from pmo.queries import boards
from pmo.services import board_imports as services
from pmo.web import undo_offers
from schemas.attachments import UploadForm
from schemas.board_imports import DraftChoicesSchema, DraftQuerySchema

bp = Blueprint("board_imports", __name__)

FIELDS = {
    "title": _l("Title"),
    "description": _l("Description"),
    "column": _l("Column"),
    "due_on": _l("Due date"),
    "labels": _l("Labels"),
    "assignees": _l("Assignees"),
    "weight": _l("Weight"),
    "period": _l("Period"),
    "none": _l("leave out"),
}


@bp.get("/boards/<int:board_id>/import")
@requires(Capability.BOARD_CONFIGURE)
def new(board_id: int) -> str:
    """Show the form for the file."""
    board, _columns = boards.settings(board_id, current.actor())
    return render_template(
        "board_imports/new.html",
        board=board,
        form=forms.state(),
        most=current.settings().max_upload_mb,
        most_cards=plans.MOST_CARDS,
    )


@bp.post("/boards/<int:board_id>/import")
@requires(Capability.BOARD_CONFIGURE)
@forms.redraws(new)
def create(board_id: int) -> ResponseReturnValue:
    """Read the file, and show what would become of it."""
    UploadForm().load(request.form)
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Invalid({"file": [_("Choose a file.")]})
    try:
        draft_id = board_drafts.keep(board_id, upload.read(), upload.filename)
    except FileRefused as error:
        said = [fault["message"] for fault in error_texts.faults_of(error)]
        raise Invalid({"file": said}) from error
    return redirect(url_for("board_imports.show", draft_id=draft_id), 303)


@bp.get("/board-drafts/<int:draft_id>")
@requires(Capability.BOARD_CONFIGURE)
def show(draft_id: int) -> str:
    """Show what would become of a board, every doubt marked."""
    given = MultiDict(("columns", it) for it in request.args.getlist("columns"))
    asked = DraftQuerySchema().load(given)
    return _page(draft_id, asked.get("columns") or [])


def show_again(draft_id: int) -> str:
    """Show the draft again, after its choices were refused."""
    return _page(draft_id, [it for it in request.form.getlist("columns") if it in plans.FIELDS])


@bp.post("/board-drafts/<int:draft_id>/confirmation")
@requires(Capability.BOARD_CONFIGURE)
@forms.redraws(show_again, Conflict)
def confirm(draft_id: int) -> ResponseReturnValue:
    """Take the board in, all or nothing."""
    done = board_drafts.confirm(draft_id, DraftChoicesSchema().load(request.form))
    said = ngettext("%(num)d card was taken in.", "%(num)d cards were taken in.", done.tasks)
    undo_offers.flash_undo(done.event_id, said)
    return redirect(url_for("boards.show", board_id=done.board_id), 303)


@bp.post("/board-drafts/<int:draft_id>/removal")
@requires(Capability.BOARD_CONFIGURE)
def destroy(draft_id: int) -> ResponseReturnValue:
    """Forget a draft."""
    board_id = services.forget(draft_id, actor=current.actor())
    return redirect(url_for("boards.show", board_id=board_id), 303)


def _page(draft_id: int, columns: list[str]) -> str:
    shown = board_drafts.shown(draft_id, columns)
    form = forms.state()
    board, _columns = boards.settings(shown.draft.board_id, current.actor())
    return render_template(
        "board_imports/show.html",
        board=board,
        shown=shown,
        form=form,
        fields=[(name, str(text)) for name, text in FIELDS.items()],
        meanings=[(f"new_{it.value}", labels.label_of(it)) for it in ColumnMeaning],
        typed_lists=form.chosen("lists"),
        typed_people=form.chosen("people"),
        typed_labels=form.chosen("labels"),
        typed_complete=form.chosen("complete"),
    )
