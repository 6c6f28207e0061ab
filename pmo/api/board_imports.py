"""Boards of other programs: sent, looked at, taken in."""

from collections.abc import Mapping
from typing import Any

from flask import request

from pmo.domain.permissions import Capability
from pmo.http import board_drafts, current, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.services import board_imports as services
from schemas.attachments import UploadForm
from schemas.board_imports import (
    BoardDraftSchema,
    BoardFileSchema,
    BoardImportedSchema,
    DraftChoicesSchema,
    DraftQuerySchema,
)

bp = ApiBlueprint("Board imports", __name__, description="Boards of other programs.")


@bp.route("/boards/<int:board_id>/drafts", methods=["POST"])
@bp.arguments(BoardFileSchema, location="files")
@bp.response(201, BoardDraftSchema)
@requires(Capability.BOARD_CONFIGURE)
def create(sent: Mapping[str, Any], board_id: int) -> Any:
    """Read a board of another program into a draft.

    Trello's export in JSON, or a table as CSV. Nothing of it is on the board yet: look at what
    would become of it, and confirm within 24 hours.
    """
    UploadForm().load(request.form)
    file = sent["file"]
    name = file.filename or ""
    payload = idempotency.of_file(name, file.stream)
    made = idempotency.once(
        lambda: board_drafts.keep(board_id, file.stream.read(), name), payload=payload
    )
    shown = board_drafts.shown(made.id).as_json()
    return shown, 201, made.headers("Board imports.show", draft_id=made.id)


@bp.route("/board-drafts/<int:draft_id>")
@bp.arguments(DraftQuerySchema, location="query")
@bp.response(200, BoardDraftSchema)
@requires(Capability.BOARD_CONFIGURE)
def show(asked: Mapping[str, Any], draft_id: int) -> Any:
    """Get a draft of your own.

    With `columns` it shows what the columns of a table would become.
    """
    return board_drafts.shown(draft_id, asked.get("columns") or []).as_json()


@bp.route("/board-drafts/<int:draft_id>/confirmation", methods=["POST"])
@bp.arguments(DraftChoicesSchema)
@bp.response(200, BoardImportedSchema)
@requires(Capability.BOARD_CONFIGURE)
def confirm(given: Mapping[str, Any], draft_id: int) -> Any:
    """Take a draft into its board.

    All or nothing, by the rules that hold for people too; then the draft is gone.
    """
    return board_drafts.confirm(draft_id, dict(given))


@bp.route("/board-drafts/<int:draft_id>", methods=["DELETE"])
@bp.response(204)
@requires(Capability.BOARD_CONFIGURE)
def destroy(draft_id: int) -> None:
    """Forget a draft of your own.

    Needs no If-Match: a draft is never edited.
    """
    services.forget(draft_id, actor=current.actor())
