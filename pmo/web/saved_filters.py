"""Filters kept under a name: keeping one from a board, its address, and the list of all."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, forms, task_filters
from pmo.http.access import requires
from pmo.queries import boards, headings
from pmo.queries import saved_filters as queries
from pmo.services import saved_filters as services
from schemas.saved_filters import SavedFilterEditForm, SavedFilterForm, SavedFilterRemovalForm

bp = Blueprint("saved_filters", __name__)


@bp.get("/projects/<int:project_id>/filters")
@requires(Capability.PROJECT_READ)
def index(project_id: int) -> ResponseReturnValue:
    """Show the filters that the visitor may use, to rename, share or remove them."""
    actor = current.actor()
    return render_template(
        "saved_filters/index.html",
        project=headings.of_project(project_id, actor, Capability.PROJECT_READ),
        filters=queries.of_project(project_id, actor),
        form=forms.state(),
    )


@bp.get("/filters/<int:filter_id>")
@requires(Capability.PROJECT_READ)
def show(filter_id: int) -> ResponseReturnValue:
    """Show the first board of the project through a filter."""
    actor = current.actor()
    found = queries.one(filter_id, actor)
    board_id = queries.first_board(found.project_id, actor)
    home = url_for("boards.show", board_id=board_id)
    return redirect(task_filters.address(home, found.asked), 303)


def index_of_board(board_id: int) -> ResponseReturnValue:
    """Show the list of a board's project, after a form of the board was refused."""
    return index(boards.head(board_id, current.actor()).project_id)


def index_of_filter(filter_id: int) -> ResponseReturnValue:
    """Show the list of a filter's project, after one of its forms was refused."""
    return index(queries.one(filter_id, current.actor()).project_id)


@bp.post("/boards/<int:board_id>/filters")
@requires(Capability.OWN_VIEW)
@forms.redraws(index_of_board)
def create(board_id: int) -> ResponseReturnValue:
    """Keep the filter of the address under a name."""
    given = SavedFilterForm().load(request.form)
    asked = task_filters.read(request.args)
    asked.pop("column_id", None)
    services.add(
        boards.head(board_id, current.actor()).project_id,
        **given,
        asked=task_filters.plain(asked),
        actor=current.actor(),
        at=clock.now(),
    )
    flash(_("The filter is saved."), "success")
    return redirect(task_filters.address(url_for("boards.show", board_id=board_id), asked), 303)


@bp.post("/filters/<int:filter_id>")
@requires(Capability.OWN_VIEW)
@forms.redraws(index_of_filter)
def update(filter_id: int) -> ResponseReturnValue:
    """Rename a filter, share it or take it back."""
    changes = SavedFilterEditForm().load(request.form)
    version = changes.pop("version")
    project_id = queries.one(filter_id, current.actor()).project_id
    services.edit(
        filter_id, changes, expected_version=version, actor=current.actor(), at=clock.now()
    )
    flash(_("Saved."), "success")
    return redirect(url_for("saved_filters.index", project_id=project_id), 303)


@bp.post("/filters/<int:filter_id>/removal")
@requires(Capability.OWN_VIEW)
def destroy(filter_id: int) -> ResponseReturnValue:
    """Forget a filter."""
    version = SavedFilterRemovalForm().load(request.form)["version"]
    project_id = queries.one(filter_id, current.actor()).project_id
    services.remove(filter_id, expected_version=version, actor=current.actor(), at=clock.now())
    flash(_("The filter is removed."), "success")
    return redirect(url_for("saved_filters.index", project_id=project_id), 303)
