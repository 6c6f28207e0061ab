"""Boards: the page, one column of it, and the settings."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.board_templates import ColumnPlan
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import ColumnMeaning, WipKind
from pmo.errors import Conflict, InUse
from pmo.http import (
    automation_texts,
    board_pages,
    current,
    forms,
    fragments,
    rendering,
    task_filters,
)
from pmo.http.access import requires
from pmo.queries import boards as queries
from pmo.services import boards as services
from schemas.base import form_values
from schemas.boards import (
    BoardForm,
    ColumnCreateSchema,
    ColumnForm,
    ColumnPlacementSchema,
    ColumnRemovalForm,
)

bp = Blueprint("boards", __name__)

BLANK = {"meaning": ColumnMeaning.IN_PROGRESS, "wip_kind": WipKind.NONE}
FIELDS = (
    "name",
    "meaning",
    "wip_kind",
    "wip_limit",
    "definition_of_done",
    "amber_days",
    "red_days",
)


@bp.get("/boards/<int:board_id>")
@requires(Capability.PROJECT_READ)
def show(board_id: int) -> ResponseReturnValue:
    """Show a board, or those of its cards that fit the filter of the address."""
    asked = task_filters.read(request.args)
    return board_pages.page(queries.head(board_id, current.actor()), asked=asked)


@bp.get("/projects/<int:project_id>/board")
@requires(Capability.PROJECT_READ)
def first(project_id: int) -> ResponseReturnValue:
    """Go to the first board of a project, or to the project if it has none."""
    boards = queries.of_project(project_id, current.actor())
    if not boards:
        return redirect(url_for("projects.show", project_id=project_id))
    return redirect(url_for("boards.show", board_id=boards[0].id))


@bp.get("/columns/<int:column_id>")
@requires(Capability.PROJECT_READ)
def column(column_id: int) -> ResponseReturnValue:
    """Give one column anew, when the page learns that its own is stale."""
    head, view = queries.column(column_id, current.actor(), today=current.today())
    if not rendering.is_htmx():
        return redirect(url_for("boards.show", board_id=head.id), 303)
    return fragments.column(view, can_edit=head.can_edit)


@bp.get("/boards/<int:board_id>/settings")
@requires(Capability.BOARD_CONFIGURE)
def settings(board_id: int) -> ResponseReturnValue:
    """Show the board's name and columns for editing."""
    head, columns = queries.settings(board_id, current.actor())
    initial = {column.id: _values(column) for column in columns}
    refused = forms.state()
    key = request.view_args.get("column_id", "new") if request.view_args else "new"
    return render_template(
        "boards/settings.html",
        board=head,
        columns=columns,
        forms_of={"new": forms.Form(BLANK)}
        | {id_: forms.Form(values) for id_, values in initial.items()}
        | ({key: refused} if refused.errors else {}),
        refused=refused,
        meanings=list(ColumnMeaning),
        wip_kinds=list(WipKind),
    )


def settings_of_column(column_id: int) -> ResponseReturnValue:
    """Show the settings of a column's board, after one of its forms was refused."""
    head, _view = queries.column(column_id, current.actor(), today=current.today())
    return settings(head.id)


@bp.post("/boards/<int:board_id>")
@requires(Capability.BOARD_CONFIGURE)
@forms.redraws(settings)
def update(board_id: int) -> ResponseReturnValue:
    """Give the board another name."""
    given = BoardForm().load(request.form)
    services.rename(
        board_id,
        name=given["name"],
        expected_version=given["version"],
        actor=current.actor(),
        at=clock.now(),
    )
    return _saved(board_id)


@bp.post("/boards/<int:board_id>/columns")
@requires(Capability.BOARD_CONFIGURE)
@forms.redraws(settings, InUse)
def add_column(board_id: int) -> ResponseReturnValue:
    """Add a column at the right end."""
    plan = ColumnPlan(**ColumnCreateSchema().load(request.form))
    added = services.add_column(board_id, plan=plan, actor=current.actor(), at=clock.now())
    return _saved(board_id, added.column_id)


@bp.post("/columns/<int:column_id>")
@requires(Capability.BOARD_CONFIGURE)
@forms.redraws(settings_of_column)
def update_column(column_id: int) -> ResponseReturnValue:
    """Change a column."""
    changes = ColumnForm().load(request.form)
    version = changes.pop("version")
    changed = services.edit_column(
        column_id,
        changes=changes,
        expected_version=version,
        actor=current.actor(),
        at=clock.now(),
    )
    return _saved(changed.board_id, column_id)


@bp.post("/columns/<int:column_id>/placement")
@requires(Capability.BOARD_CONFIGURE)
def place_column(column_id: int) -> ResponseReturnValue:
    """Put a column before another, or at the right end."""
    wanted = ColumnPlacementSchema().load(request.form)
    changed = services.move_column(column_id, **wanted, actor=current.actor(), at=clock.now())
    return _saved(changed.board_id, column_id)


@bp.post("/columns/<int:column_id>/removal")
@requires(Capability.BOARD_CONFIGURE)
@forms.redraws(settings_of_column, Conflict)
def remove_column(column_id: int) -> ResponseReturnValue:
    """Remove an empty column."""
    given = ColumnRemovalForm().load(request.form)
    changed = services.remove_column(
        column_id, expected_version=given["version"], actor=current.actor(), at=clock.now()
    )
    if changed.removed_rules:
        flash(automation_texts.gone(changed.removed_rules), "info")
    return _saved(changed.board_id)


def _values(column: Any) -> dict[str, Any]:
    return form_values({name: getattr(column, name) for name in FIELDS})


def _saved(board_id: int, column_id: int | None = None) -> ResponseReturnValue:
    flash(_("Saved."), "success")
    anchor = rendering.dom_id("column", column_id) if column_id else None
    return redirect(url_for("boards.settings", board_id=board_id, _anchor=anchor), 303)
